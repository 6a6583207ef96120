namespace RuangKerja.Events.Polling.Backfills;

/// <summary>Who is told how a backfill goes on. Called by the backfill itself, which waits meanwhile.</summary>
public interface IBackfillWatcher
{
    /// <summary>It has begun, or a piece is stored.</summary>
    void Moved(BackfillProgress progress);

    /// <summary>Something is away that may come back; the backfill tries again after the wait.</summary>
    void Waits(BackfillProgress progress, string reason, TimeSpan wait);
}
