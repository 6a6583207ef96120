using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Backfills;

/// <summary>
/// Walks a span of one company's past, piece by piece as live polling reads the present, and may do so beside it: the
/// position of the backfill stands in for the watermark, and moves in the transaction that stores what it passes.
/// </summary>
/// <remarks>
/// What is first seen here and happened before the company was first read is the past, stored as baseline; all else is
/// news. What may pass by itself is waited for, as long as it takes: a backfill may run for hours with nobody near.
/// </remarks>
public sealed class Backfill(
    Company company,
    FeedReader reader,
    FeedPieceWriter writer,
    IEventStore store,
    IBackfillStore backfills,
    FeedPollingOptions options,
    TimeProvider time
)
{
    private readonly Random _jitter = new();

    /// <summary>Begins the backfill, or goes on with it, to its end.</summary>
    /// <param name="restart">Whether to begin at its start, whatever was read before.</param>
    /// <exception cref="StorageException">The database did not do its part when the backfill was to begin.</exception>
    public async Task<BackfillResult> RunAsync(
        BackfillRange range,
        bool restart,
        IBackfillWatcher watcher,
        CancellationToken cancellationToken
    )
    {
        var started = time.GetTimestamp();
        var now = time.GetUtcNow();
        var first = await store.ReadOrStartProgressAsync(company, options, now, cancellationToken);
        var begun = await backfills.StartAsync(company, range, restart, cancellationToken);
        var progress = new BackfillProgress(range, begun, begun);
        if (progress.IsDone)
            return new BackfillResult(BackfillEnd.AlreadyDone, progress);

        try
        {
            for (var failures = 0; !progress.IsDone; )
            {
                watcher.Moved(progress);
                var step = await StepAsync(progress, failures == 0, first.StartedAt, cancellationToken);
                progress = step.Progress with { Elapsed = time.GetElapsedTime(started) };
                if (step.Held is { } held)
                    return new BackfillResult(BackfillEnd.Held, progress, held);

                failures = step.Failure is null ? 0 : failures + 1;
                if (step.Failure is { } failure)
                    await WaitAsync(progress, failure, failures, watcher, cancellationToken);
            }

            watcher.Moved(progress);
            return new BackfillResult(BackfillEnd.Done, progress);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new BackfillResult(BackfillEnd.Interrupted, progress);
        }
        catch (Exception error) when (error is RuangKerjaApiException or StorageException)
        {
            return new BackfillResult(BackfillEnd.Failed, progress, Failure: error);
        }
    }

    /// <summary>Reads and stores the piece at the position; a failure that may pass is a result.</summary>
    /// <param name="isCertain">False after a failure: then only the database knows whether the piece before was stored.</param>
    private async Task<Step> StepAsync(
        BackfillProgress progress,
        bool isCertain,
        DateTimeOffset news,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var found = isCertain ? progress : await FindPositionAsync(progress, cancellationToken);
            return found.IsDone ? new Step(found) : await ReadAndStoreAsync(found, news, cancellationToken);
        }
        catch (Exception error) when (MayPass(error))
        {
            return new Step(progress, Failure: error);
        }
    }

    private async Task<Step> ReadAndStoreAsync(
        BackfillProgress progress,
        DateTimeOffset news,
        CancellationToken cancellationToken
    )
    {
        var (range, position) = (progress.Range, progress.Position);
        var piece = await reader.ReadAsync(BackfillPlan.Next(range, position, options), cancellationToken);
        var received = time.GetUtcNow();
        var ahead = ApiClock.Ahead(received - piece.Took, piece.AnsweredAt, received);
        var standing = new BackfillMove(range, position, position);
        var done = new BackfillMove(range, position, piece.Window.To);
        return await writer.WriteAsync(
            piece,
            new PieceMoves(standing, done),
            new BaselineRule(news, Undated: false).ByApiClock(ahead),
            cancellationToken
        ) switch
        {
            // Another process reads the same span: what it has stored is done, and this one goes on behind it.
            null => new Step(await FindPositionAsync(progress, cancellationToken)),
            { Held: true } held => new Step(progress.With(held, position), held),
            var stored => new Step(progress.With(stored, piece.Window.To)),
        };
    }

    private async Task<BackfillProgress> FindPositionAsync(
        BackfillProgress progress,
        CancellationToken cancellationToken
    ) =>
        progress with
        {
            Position = await backfills.StartAsync(company, progress.Range, restart: false, cancellationToken),
        };

    private Task WaitAsync(
        BackfillProgress progress,
        Exception failure,
        int failures,
        IBackfillWatcher watcher,
        CancellationToken cancellationToken
    )
    {
        var asked = (failure as RuangKerjaApiException)?.RetryAfter;
        var wait = BackfillPlan.Pause(failures, asked, _jitter.NextDouble());
        watcher.Waits(progress, failure.Message, wait);
        return Task.Delay(wait, time, cancellationToken);
    }

    private static bool MayPass(Exception error) =>
        error
            is RuangKerjaApiException { Kind: ApiFailureKind.Transient or ApiFailureKind.Throttled }
                or StorageException { Kind: StorageFailureKind.Unavailable or StorageFailureKind.OutcomeUnknown };

    /// <summary>What trying one piece came to.</summary>
    /// <param name="Held">The piece with too many bad rows.</param>
    /// <param name="Failure">What may pass by itself.</param>
    private sealed record Step(BackfillProgress Progress, FeedPieceResult? Held = null, Exception? Failure = null);
}
