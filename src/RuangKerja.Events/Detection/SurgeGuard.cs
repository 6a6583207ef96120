namespace RuangKerja.Events.Detection;

/// <summary>When so much changes at once that it is more likely a fault upstream than the truth.</summary>
public static class SurgeGuard
{
    /// <summary>No company is so small that fewer changes are suspicious.</summary>
    public const int SmallestLimit = 10_000;

    private const int ShareOfKnown = 5;

    /// <summary>The most events that are published without asking.</summary>
    /// <param name="configured">The operator's own limit; null for none.</param>
    /// <param name="knownAssignments">How many the company has.</param>
    public static long Limit(int? configured, long knownAssignments) =>
        configured ?? Math.Max(SmallestLimit, knownAssignments / ShareOfKnown);
}
