namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>When what is missing is asked for, and asked for again. Pure.</summary>
internal sealed record GapSchedule
{
    /// <summary>For so long a gap may close by itself: what is missing may be on its way in another instance.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>For so long the first request may stay unanswered; it doubles with each.</summary>
    public TimeSpan FirstAnswer { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait behind the first replay that was rejected, or has ended and left the gap open; it doubles with each.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>No wait is longer, except for the end of a replay that was begun.</summary>
    public TimeSpan Longest { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>For so long the end of a replay may be waited for.</summary>
    public TimeSpan LongestReplay { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>From this round on it is an operator's matter. Versions that do not exist any more take up to three.</summary>
    public int RoundsInVain { get; init; } = 4;

    /// <summary>How long each round's request may stay unanswered, by round; the last one holds for all that follow.</summary>
    public TimeSpan[] Answers => Doubling(FirstAnswer);

    /// <summary>How long to wait behind each round that was in vain, by round; the last one holds for all that follow.</summary>
    public TimeSpan[] Pauses => Doubling(FirstPause);

    private TimeSpan[] Doubling(TimeSpan first)
    {
        var waits = new List<TimeSpan>();
        for (var wait = first; wait < Longest; wait *= 2)
            waits.Add(wait);
        return [.. waits, Longest];
    }
}
