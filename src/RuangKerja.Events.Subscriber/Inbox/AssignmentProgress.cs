namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>What a subscriber has settled of one assignment.</summary>
/// <param name="Version">The highest version that was handled, or given up.</param>
/// <param name="Sequence">The store's sequence of that version.</param>
public sealed record AssignmentProgress(long Version, long Sequence)
{
    /// <summary>
    /// Versions up to <see cref="Version"/> that were given up and not handled since: they lie in the error queue, and are handled
    /// when they come again.
    /// </summary>
    public IReadOnlyList<long> GivenUp { get; init; } = [];

    /// <summary>What is missing above <see cref="Version"/>; null when nothing is known to be.</summary>
    public OpenGap? Gap { get; init; }
}

/// <summary>Versions are missing between the last one settled and what has come.</summary>
/// <param name="Highest">The highest version that has come. The gap is closed when this one is settled.</param>
/// <param name="ReplayId">The replay that fills it; null while none is known to.</param>
public sealed record OpenGap(long Highest, Guid? ReplayId = null)
{
    /// <summary>The lowest version that has come from behind the gap.</summary>
    public long Next { get; init; } = Highest;

    /// <summary>
    /// Whether a replay that was asked for the gap has come to its end and brought nothing that follows the last version
    /// settled: what lies before <see cref="Next"/> does not exist, or cannot be read any more.
    /// </summary>
    public bool IsHole { get; init; }
}

/// <summary>What is to be done with a delivery.</summary>
/// <param name="Verdict">What is to be done.</param>
/// <param name="Then">What is known of the assignment when it was done.</param>
/// <param name="Missing">
/// How many versions lie between the last one settled and this one; 0 where the verdict is to drop it as known.
/// </param>
public sealed record Judgement(Verdict Verdict, AssignmentProgress Then, long Missing = 0);
