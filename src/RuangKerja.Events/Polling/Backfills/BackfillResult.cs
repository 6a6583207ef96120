namespace RuangKerja.Events.Polling.Backfills;

/// <summary>How a run of a backfill ended. Unless it is done, the same backfill goes on from its position.</summary>
public enum BackfillEnd
{
    /// <summary>All of the range is read and stored.</summary>
    Done,

    /// <summary>It was so already; nothing was asked for.</summary>
    AlreadyDone,

    /// <summary>Too many rows of a piece were bad: they are in quarantine, and the position stands before them.</summary>
    Held,

    /// <summary>The API or the database refuses what a person must put right.</summary>
    Failed,

    /// <summary>It was asked to stop.</summary>
    Interrupted,
}

/// <summary>What a run of a backfill came to.</summary>
/// <param name="HeldPiece">The piece with too many bad rows; null when there was none.</param>
/// <param name="Failure">What it failed with; null when it did not.</param>
public sealed record BackfillResult(
    BackfillEnd End,
    BackfillProgress Progress,
    FeedPieceResult? HeldPiece = null,
    Exception? Failure = null
);
