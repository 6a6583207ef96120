using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>
/// One poll cycle of one company:
/// ① take the window after the watermark ② fetch it ③ judge the rows ④ load what they touch ⑤ detect changes ⑥ commit
/// events, snapshots, outbox, quarantine and watermark in one transaction. A large answer is several transactions, and the
/// watermark moves with the last of them.
/// </summary>
/// <remarks>
/// A cycle that fails anywhere has changed nothing, or has committed whole chunks: the next one reads progress and
/// snapshots again and so sees which.
/// </remarks>
public sealed class FeedCycle(
    Company company,
    FeedReader reader,
    CompanyCatalogue catalogue,
    IEventStore store,
    ChunkWriter writer,
    FeedCycleOptions options,
    TimeProvider time
)
{
    /// <summary>Runs one cycle.</summary>
    /// <exception cref="RuangKerjaApiException">The window could not be read.</exception>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<FeedCycleResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var progress =
            await store.ReadProgressAsync(company, cancellationToken)
            ?? await store.StartProgressAsync(
                company,
                FeedSchedule.StartFrom(now, options.Feed),
                now,
                cancellationToken
            );
        if (await reader.ReadAsync(progress.Watermark, cancellationToken) is not { } piece)
            return FeedCycleResult.Idle;

        return await StoreAsync(progress, piece, cancellationToken);
    }

    private async Task<FeedCycleResult> StoreAsync(
        FeedProgress progress,
        FeedPiece piece,
        CancellationToken cancellationToken
    )
    {
        var baselineBefore = progress.IsBootstrapped(options.Rosters) ? (DateTimeOffset?)null : progress.StartedAt;
        var chunks = FeedChunks.Of(piece.Rows);
        var result = new FeedCycleResult { Window = piece.Window, Rows = piece.Rows.Count };
        for (var i = 0; i < chunks.Count; i++)
        {
            var judged = await JudgeAsync(chunks[i], piece, cancellationToken);
            result = result.With(judged);
            var held = QuarantineLimit.Holds(result.Rows, result.Rejected, options.QuarantineLimit);
            var move = i < chunks.Count - 1 || held ? Standing(progress) : Moved(progress, piece);
            var written = await writer.WriteAsync(judged, move, baselineBefore, resolved: [], cancellationToken);
            if (!written.Written)
            {
                // Another poller read this window first; what is left of it comes with the next one.
                reader.GiveUp();
                return FeedCycleResult.Idle;
            }

            result = result.With(written) with
            {
                Watermark = move.To,
                Held = held,
                EndedBootstrap = move.CaughtUp && baselineBefore is not null && (progress.Swept || !options.Rosters),
            };
        }

        if (result.Held)
            reader.GiveUp();
        else
            reader.Stored(piece);
        return result with { ReachesNow = piece.ReachesNow };
    }

    private async Task<JudgedRows> JudgeAsync(
        IReadOnlyList<FeedRow> rows,
        FeedPiece piece,
        CancellationToken cancellationToken
    )
    {
        var judged = Judge(await catalogue.CurrentAsync(cancellationToken));
        return
            judged.Unlinked.Any(course => course.Link == CourseLink.Unknown)
            && await catalogue.RenewForUnknownAsync(cancellationToken) is { } renewed
            ? Judge(renewed)
            : judged;

        JudgedRows Judge(Catalogue courses)
        {
            var now = time.GetUtcNow();
            return JudgedRows.Judge(rows, new RowContext(piece.AnsweredAt ?? now, now, courses));
        }
    }

    private static WatermarkMove Standing(FeedProgress progress) =>
        new(progress.Watermark, progress.Watermark, CaughtUp: false);

    private static WatermarkMove Moved(FeedProgress progress, FeedPiece piece) =>
        new(progress.Watermark, piece.Watermark, piece.ReachesNow);
}
