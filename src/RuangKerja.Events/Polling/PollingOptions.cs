using RuangKerja.Events.Polling.Rosters;

namespace RuangKerja.Events.Polling;

/// <summary>How the API is polled. Section <c>Polling</c>.</summary>
public sealed record PollingOptions
{
    /// <summary>How the feed is read.</summary>
    public FeedPollingOptions Feed { get; init; } = new();

    /// <summary>How the rosters are swept.</summary>
    public RosterOptions Rosters { get; init; } = new();
}
