using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Polling;

/// <summary>What one poll cycle came to.</summary>
public sealed record FeedCycleResult
{
    /// <summary>Nothing was due.</summary>
    public static readonly FeedCycleResult Idle = new() { ReachesNow = true };

    /// <summary>What was asked for; null when nothing was due.</summary>
    public FeedWindow? Window { get; init; }

    /// <summary>Where the watermark stands now.</summary>
    public DateTimeOffset Watermark { get; init; }

    /// <summary>Rows the API returned.</summary>
    public int Rows { get; init; }

    /// <summary>Changes stored.</summary>
    public int Events { get; init; }

    /// <summary>Those of them that wait to be published.</summary>
    public int Queued { get; init; }

    /// <summary>Rows older than what is known.</summary>
    public int Stale { get; init; }

    /// <summary>Rows that went to quarantine.</summary>
    public int Rejected { get; init; }

    /// <summary>Courses whose name leads to no serial, or to more than one.</summary>
    public IReadOnlyCollection<CourseReference> Unlinked { get; init; } = [];

    /// <summary>False when the next cycle should follow at once.</summary>
    public bool ReachesNow { get; init; }

    /// <summary>True when too many rows were bad and the watermark stands still.</summary>
    public bool Held { get; init; }

    /// <summary>True when the company's past is read with this window.</summary>
    public bool EndedBootstrap { get; init; }

    internal FeedCycleResult With(JudgedRows judged) =>
        this with
        {
            Rejected = Rejected + judged.Rejected.Count,
            Unlinked = [.. Unlinked.Union(judged.Unlinked)],
        };

    internal FeedCycleResult With(ChunkResult written) =>
        this with
        {
            Events = Events + written.Events,
            Queued = Queued + written.Queued,
            Stale = Stale + written.Stale,
        };
}
