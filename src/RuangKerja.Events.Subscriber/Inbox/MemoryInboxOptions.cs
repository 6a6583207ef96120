namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>How much the inbox in memory remembers.</summary>
public sealed class MemoryInboxOptions
{
    /// <summary>
    /// Assignments that are remembered; beyond it the one that was quiet for longest is forgotten, and a duplicate of it is
    /// handled again. 100 to 10,000,000. Default: 100,000, some 50 MB.
    /// </summary>
    public int Assignments { get; set; } = 100_000;

    internal IEnumerable<string> Faults()
    {
        if (Assignments is < 100 or > 10_000_000)
            yield return $"The in-memory inbox's Assignments is {Assignments}; 100 to 10,000,000 are allowed.";
    }
}
