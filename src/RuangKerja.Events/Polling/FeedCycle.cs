using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
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
    FeedPieceWriter writer,
    IEventStore store,
    FeedCycleOptions options,
    TimeProvider time
)
{
    private readonly FeedPlan _plan = new(options.Feed);
    private TimeSpan _ahead;

    /// <summary>Runs one cycle.</summary>
    /// <exception cref="RuangKerjaApiException">The window could not be read.</exception>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<FeedCycleResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var progress = await store.ReadOrStartProgressAsync(company, options.Feed, now, cancellationToken);
        if (_plan.Next(progress.Watermark, now, _ahead) is not { } due)
            return FeedCycleResult.Idle;

        var piece = await reader.ReadAsync(due.Window, cancellationToken);
        var received = time.GetUtcNow();
        _ahead = ApiClock.Ahead(received - piece.Took, piece.AnsweredAt, received);
        var asked = due.WhenAsked(ApiClock.AskedAt(piece.AnsweredAt, received, piece.Took));
        return await StoreAsync(progress, asked, piece, cancellationToken);
    }

    private async Task<FeedCycleResult> StoreAsync(
        FeedProgress progress,
        PlannedWindow due,
        FeedPiece piece,
        CancellationToken cancellationToken
    )
    {
        var reachesNow = due.IsReadUpToNowWith(piece.Window);
        var standing = new WatermarkMove(progress.Watermark, progress.Watermark, CaughtUp: false);
        var proven = FeedSchedule.Proven(progress.Watermark, piece.Window, due.AskedAt, options.Feed);
        var done = new WatermarkMove(progress.Watermark, proven, reachesNow);
        var bootstrapping = !progress.IsBootstrapped(options.Rosters);
        var stored = await writer.WriteAsync(
            piece,
            new PieceMoves(standing, done),
            progress.Baseline(options.Rosters).ByApiClock(_ahead),
            cancellationToken
        );

        // Another poller read this window first, what is left of it comes with the next one; or it may not be passed.
        if (stored is not { Held: false })
            _plan.GiveUp();
        else
            _plan.Stored(due, piece.Window, proven);
        return stored is null
            ? FeedCycleResult.Idle
            : new FeedCycleResult(stored)
            {
                Watermark = stored.Held ? progress.Watermark : proven,
                ReachesNow = reachesNow,
                Moved = !stored.Held && (proven >= piece.Window.To || piece.Window.To < due.Window.To),
                Ahead = _ahead,
                EndedBootstrap = !stored.Held && reachesNow && bootstrapping && (progress.Swept || !options.Rosters),
            };
    }
}
