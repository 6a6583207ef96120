using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>What one poll cycle came to.</summary>
/// <param name="Window">What was asked for; null when nothing was due.</param>
/// <param name="Watermark">Where the watermark stands now.</param>
/// <param name="ReachesNow">False when the next cycle should follow at once.</param>
/// <param name="Held">True when too many rows were bad and the watermark stands still.</param>
/// <param name="EndedBootstrap">True when the company's past is read with this window.</param>
public sealed record FeedCycleResult(
    FeedWindow? Window,
    DateTimeOffset Watermark,
    int Rows,
    int Events,
    int Published,
    int Stale,
    int Rejected,
    bool ReachesNow,
    bool Held,
    bool EndedBootstrap
)
{
    /// <summary>Nothing was due.</summary>
    public static readonly FeedCycleResult Idle = new(
        null,
        default,
        0,
        0,
        0,
        0,
        0,
        ReachesNow: true,
        Held: false,
        EndedBootstrap: false
    );
}

/// <summary>
/// One poll cycle of one company:
/// ① take the window after the watermark ② fetch it ③ judge the rows ④ load the snapshots they touch ⑤ detect changes
/// ⑥ commit events, snapshots, outbox, quarantine and watermark in one transaction.
/// </summary>
/// <remarks>
/// A cycle that fails anywhere has changed nothing, or has committed whole: the next one reads progress and snapshots
/// again and so sees which.
/// </remarks>
public sealed class FeedCycle(
    Company company,
    FeedReader reader,
    IEventStore store,
    FeedPollingOptions polling,
    DetectionOptions detection,
    TimeProvider time
)
{
    private const int MostConflicts = 5;

    /// <summary>Runs one cycle.</summary>
    /// <exception cref="RuangKerjaApiException">The window could not be read.</exception>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<FeedCycleResult> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var progress =
            await store.ReadProgressAsync(company, cancellationToken)
            ?? await store.StartProgressAsync(company, FeedSchedule.StartFrom(now, polling), cancellationToken);
        if (await reader.ReadAsync(progress.Watermark, cancellationToken) is not { } piece)
            return FeedCycleResult.Idle;

        var judged = JudgedRows.Judge(piece.Rows, time.GetUtcNow());
        return await DetectAndCommitAsync(progress, piece, judged, cancellationToken);
    }

    private async Task<FeedCycleResult> DetectAndCommitAsync(
        FeedProgress progress,
        FeedPiece piece,
        JudgedRows judged,
        CancellationToken cancellationToken
    )
    {
        var held = QuarantineLimit.Holds(piece.Rows.Count, judged.Rejected.Count, detection.QuarantineLimit);
        var move = new WatermarkMove(
            progress.Watermark,
            held ? progress.Watermark : piece.Watermark,
            Bootstrapped: piece.ReachesNow && !held
        );

        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var changes = await DetectAsync(progress, judged, cancellationToken);
            var commit = new FeedCommit(
                company,
                move,
                changes,
                judged.Rejected,
                PublishBaseline: detection.Baseline == BaselineHandling.Publish
            );
            switch (await store.CommitAsync(commit, cancellationToken))
            {
                case CommitOutcome.Committed:
                    if (held)
                        reader.GiveUp();
                    else
                        reader.Stored(piece);
                    return new FeedCycleResult(
                        piece.Window,
                        move.To,
                        piece.Rows.Count,
                        changes.EventCount,
                        commit.PublishedCount,
                        changes.Stale,
                        judged.Rejected.Count,
                        piece.ReachesNow,
                        held,
                        EndedBootstrap: move.Bootstrapped && !progress.Bootstrapped
                    );
                case CommitOutcome.WatermarkMoved:
                    // Another poller read this window first; what is left of it comes with the next one.
                    return FeedCycleResult.Idle;
            }
        }

        throw StorageException.TooManyConflicts(company, MostConflicts);
    }

    private async Task<ChangeSet> DetectAsync(
        FeedProgress progress,
        JudgedRows judged,
        CancellationToken cancellationToken
    )
    {
        var assignments = judged.Accepted.Select(row => row.AssignmentId).Distinct().ToList();
        var known = await store.LoadSnapshotsAsync(company, assignments, cancellationToken);
        return ChangeSet.Detect(
            known,
            judged.Accepted,
            new DetectionContext(time.GetUtcNow(), Bootstrapping: !progress.Bootstrapped)
        );
    }
}
