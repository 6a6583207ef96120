namespace RuangKerja.Events.Polling;

/// <summary>What one poll cycle came to.</summary>
public sealed record FeedCycleResult : FeedPieceResult
{
    /// <summary>Nothing was due.</summary>
    public static readonly FeedCycleResult Idle = new(new FeedPieceResult()) { ReachesNow = true };

    /// <summary>The cycle of which this was stored.</summary>
    public FeedCycleResult(FeedPieceResult stored)
        : base(stored) { }

    /// <summary>Where the watermark stands now.</summary>
    public DateTimeOffset Watermark { get; init; }

    /// <summary>False when more of the past is to be read.</summary>
    public bool ReachesNow { get; init; }

    /// <summary>
    /// Whether the next cycle brings more at once: all of the window is proven, or a rest of it waits. Where a clock bounds the
    /// watermark, only time brings more.
    /// </summary>
    public bool Moved { get; init; }

    /// <summary>How far the API's clock is ahead of ours; below zero, behind. See <see cref="ApiClock"/>.</summary>
    public TimeSpan Ahead { get; init; }

    /// <summary>True when the company's past is read with this window.</summary>
    public bool EndedBootstrap { get; init; }
}
