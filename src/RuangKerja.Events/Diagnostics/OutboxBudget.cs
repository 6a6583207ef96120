namespace RuangKerja.Events.Diagnostics;

/// <summary>
/// How far polling may run ahead of the relay: with more rows pending than this it slows down, the more the fuller the
/// outbox, and never stops. Pure.
/// </summary>
/// <param name="Rows">Pending rows of one company. Setting <c>Relay:OutboxBudget</c>.</param>
public sealed record OutboxBudget(int Rows)
{
    /// <summary>From twice the budget on there is this much between two polls.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromMinutes(5);

    private const long LeastCounted = 100_000;

    /// <summary>Beyond this a count of pending rows changes nothing.</summary>
    public long CountTo => Math.Max(LeastCounted, 2L * Rows);

    /// <summary>Whether polling has to slow down.</summary>
    public bool IsExceededBy(long pending) => pending > Rows;

    /// <summary>From one poll to the next: as usual within the budget, and from there on growing evenly with what is pending.</summary>
    /// <param name="usual">What is usual; when it is longer than the longest, it stays.</param>
    public TimeSpan Interval(TimeSpan usual, long pending)
    {
        if (!IsExceededBy(pending) || usual >= LongestInterval)
            return usual;

        var over = Math.Min(1, (double)(pending - Rows) / Rows);
        return usual + ((LongestInterval - usual) * over);
    }
}
