using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Polling;

/// <summary>What storing a piece of the feed came to.</summary>
public record FeedPieceResult
{
    /// <summary>What was asked for; null when nothing was due.</summary>
    public FeedWindow? Window { get; init; }

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

    /// <summary>Of each change that is news, how long after it happened it was detected.</summary>
    public IReadOnlyList<TimeSpan> Lags { get; init; } = [];

    /// <summary>True when too many rows were bad and the progress stands still.</summary>
    public bool Held { get; init; }

    internal FeedPieceResult With(JudgedRows judged) =>
        this with
        {
            Rejected = Rejected + judged.Rejected.Count,
            Unlinked = [.. Unlinked.Union(judged.Unlinked)],
        };

    internal FeedPieceResult With(ChunkResult written) =>
        this with
        {
            Events = Events + written.Events,
            Queued = Queued + written.Queued,
            Stale = Stale + written.Stale,
            Lags = written.Lags is { Count: > 0 } lags ? [.. Lags, .. lags] : Lags,
        };
}
