namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>How often a message that fails is tried, and after which waits. Pure.</summary>
/// <param name="Attempts">In all; 1 or more.</param>
/// <param name="FirstWait">Before the second one; it then doubles.</param>
/// <param name="LongestWait">Between any two.</param>
internal sealed record RetrySchedule(int Attempts, TimeSpan FirstWait, TimeSpan LongestWait)
{
    // Beyond it every wait is the longest; a shift further would run over.
    private const int MostDoublings = 30;

    /// <summary>How long all waits take together.</summary>
    public TimeSpan All =>
        Enumerable.Range(1, Attempts - 1).Aggregate(TimeSpan.Zero, (all, failed) => all + WaitAfter(failed));

    /// <summary>The wait behind a failed attempt, 1 for the first, when there is another.</summary>
    public TimeSpan WaitAfter(int attempt)
    {
        var wait = FirstWait * (1L << Math.Min(attempt - 1, MostDoublings));
        return wait < LongestWait ? wait : LongestWait;
    }
}
