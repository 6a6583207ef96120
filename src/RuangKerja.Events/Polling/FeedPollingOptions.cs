namespace RuangKerja.Events.Polling;

/// <summary>How the feed is read. Section <c>Polling:Feed</c>.</summary>
public sealed record FeedPollingOptions
{
    /// <summary>From the end of one poll to the start of the next, 1 s … 1 h. Default 30 s.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How far before the watermark each window begins, so that late rows are seen, 0 … 1 d. Default 15 min.</summary>
    public TimeSpan Overlap { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How far behind now each window ends, so that the API has settled, 0 … 10 min. Default 5 s.</summary>
    public TimeSpan SafetyLag { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How much of the past one request asks for beyond the overlap, 1 min … 31 d. Default 1 d.</summary>
    public TimeSpan MaxWindow { get; init; } = TimeSpan.FromDays(1);

    /// <summary>What one answer should stay below; it is asked for again by halves, down to 2 s. 100 … 1,000,000, default 100,000.</summary>
    public int MaxItems { get; init; } = 100_000;

    /// <summary>Where the first poll of a company begins; null: 30 days before it.</summary>
    public DateTimeOffset? StartFrom { get; init; }
}
