using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Backfills;

/// <summary>How far a run of a backfill is, and what it has brought; an earlier run's counts are not in it.</summary>
/// <param name="Begun">Where this run began.</param>
/// <param name="Position">Everything before it is read and stored.</param>
public sealed record BackfillProgress(BackfillRange Range, DateTimeOffset Begun, DateTimeOffset Position)
{
    /// <summary>How long this run has taken so far, waits included.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>Answers of the API that were stored.</summary>
    public int Pieces { get; init; }

    /// <summary>Rows the API returned.</summary>
    public long Rows { get; init; }

    /// <summary>Changes stored.</summary>
    public long Events { get; init; }

    /// <summary>Those of them that wait to be published; the others are the past, stored as baseline.</summary>
    public long Queued { get; init; }

    /// <summary>Rows older than what is known.</summary>
    public long Stale { get; init; }

    /// <summary>Rows that went to quarantine.</summary>
    public long Rejected { get; init; }

    /// <summary>Whether all of the range is read.</summary>
    public bool IsDone => Position >= Range.To;

    /// <summary>How much of the range is read, 0 … 1.</summary>
    public double Share => (Position - Range.From) / (Range.To - Range.From);

    /// <summary>Rows of this run per second; 0 before the first.</summary>
    public double RowsPerSecond => Elapsed > TimeSpan.Zero ? Rows / Elapsed.TotalSeconds : 0;

    /// <summary>How long the rest takes at this run's pace; null while nothing shows it.</summary>
    public TimeSpan? Remaining => Position > Begun ? Elapsed * ((Range.To - Position) / (Position - Begun)) : null;

    /// <summary>A piece is stored; one that is held leaves the position where it is.</summary>
    internal BackfillProgress With(FeedPieceResult piece, DateTimeOffset position) =>
        this with
        {
            Position = position,
            Pieces = Pieces + 1,
            Rows = Rows + piece.Rows,
            Events = Events + piece.Events,
            Queued = Queued + piece.Queued,
            Stale = Stale + piece.Stale,
            Rejected = Rejected + piece.Rejected,
        };
}
