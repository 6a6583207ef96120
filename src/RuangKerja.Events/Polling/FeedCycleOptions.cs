namespace RuangKerja.Events.Polling;

/// <summary>What a poll cycle is told.</summary>
/// <param name="Rosters">Whether rosters are swept beside the feed: the past is read only when they were.</param>
public sealed record FeedCycleOptions(FeedPollingOptions Feed, bool Rosters);
