using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>What writing a chunk came to.</summary>
/// <param name="Written">False when another writer had moved the progress first: nothing is stored.</param>
/// <param name="Queued">How many of the events wait to be published.</param>
public readonly record struct ChunkResult(bool Written, int Events, int Queued, int Stale)
{
    /// <summary>Of each change that is news, how long after it happened it was detected; null for none.</summary>
    public IReadOnlyList<TimeSpan>? Lags { get; init; }

    /// <summary>The sum of two chunks.</summary>
    public ChunkResult And(ChunkResult other) =>
        new(Written && other.Written, Events + other.Events, Queued + other.Queued, Stale + other.Stale);
}

/// <summary>
/// The second half of every cycle, whatever was read: ④ load what the rows touch ⑤ detect changes ⑥ commit in one
/// transaction; another writer's step in between means loading and detecting again.
/// </summary>
public sealed class ChunkWriter(
    Company company,
    IEventStore store,
    DetectionOptions detection,
    int? surgeLimit,
    TimeProvider time
)
{
    private const int MostConflicts = 20;

    /// <summary>Begins to count the news of a cycle.</summary>
    public Surge NewSurge() => new(company, store, surgeLimit);

    /// <summary>Detects on judged rows and stores what they came to.</summary>
    /// <param name="rows">The accepted ones are detected on, the rejected ones go to quarantine.</param>
    /// <param name="progress">What is proven read with them.</param>
    /// <param name="baseline">Which first sights are the past.</param>
    /// <param name="surge">The cycle's, for its events to be held when there are too many.</param>
    /// <param name="resolved">Rows that leave the quarantine with this.</param>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<ChunkResult> WriteAsync(
        JudgedRows rows,
        ProgressMove progress,
        BaselineRule baseline,
        Surge surge,
        IReadOnlyList<long> resolved,
        CancellationToken cancellationToken
    )
    {
        var keys = KnownAssignments.KeysOf(rows.Accepted);
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var changes = await DetectAsync(rows, keys, baseline, cancellationToken);
            var commit = new ChunkCommit(
                company,
                progress,
                changes,
                rows.Rejected,
                PublishBaseline: detection.Baseline == BaselineHandling.Publish
            )
            {
                Resolved = resolved,
            };
            commit = commit with { Held = await surge.JudgeAsync(commit.NewsCount, cancellationToken) };
            switch (await store.CommitAsync(commit, cancellationToken))
            {
                case CommitOutcome.Committed:
                    surge.Stored(commit.NewsCount);
                    return new ChunkResult(Written: true, changes.EventCount, commit.PublishedCount, changes.Stale)
                    {
                        Lags = [.. changes.News.Select(Lag)],
                    };
                case CommitOutcome.ProgressMoved:
                    return default;
            }
        }

        throw StorageException.TooManyConflicts(company, MostConflicts);
    }

    /// <summary>How much news rows would bring. Stores nothing.</summary>
    /// <inheritdoc cref="WriteAsync" path="/param|/exception" />
    public async Task<int> CountNewsAsync(JudgedRows rows, BaselineRule baseline, CancellationToken cancellationToken)
    {
        var keys = KnownAssignments.KeysOf(rows.Accepted);
        var changes = await DetectAsync(rows, keys, baseline, cancellationToken);
        return changes.News.Count();
    }

    /// <summary>Where the API's clock is ahead, a change is dated later than it is detected: it came at once.</summary>
    private static TimeSpan Lag(CourseStatusChanged change) =>
        change.DetectedAt > change.OccurredAt ? change.DetectedAt - change.OccurredAt : TimeSpan.Zero;

    private async Task<ChangeSet> DetectAsync(
        JudgedRows rows,
        IReadOnlyCollection<AssignmentKey> keys,
        BaselineRule baseline,
        CancellationToken cancellationToken
    )
    {
        var known = await store.LoadKnownAsync(company, keys, cancellationToken);
        var context = new DetectionContext(time.GetUtcNow(), baseline, detection.SettleDelay);
        return ChangeSet.Detect(known, rows.Accepted, context);
    }
}
