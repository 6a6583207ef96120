using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>What trying quarantined rows again came to.</summary>
/// <param name="Tried">How many rows there were.</param>
/// <param name="Accepted">How many are right now and have left the quarantine.</param>
/// <param name="Events">How many changes they told.</param>
/// <param name="Stale">How many were older than what is known by now.</param>
/// <param name="StillBad">The rows that stay, with today's reasons.</param>
public sealed record QuarantineRetryResult(
    int Tried,
    int Accepted,
    int Events,
    int Stale,
    IReadOnlyList<QuarantinedRow> StillBad
);

/// <summary>
/// Judges quarantined rows again, by the rules of today, and detects on those that pass, as if the feed had shown them
/// now. They leave the quarantine in the transaction that stores what they tell; the watermark stands.
/// </summary>
public sealed class QuarantineRetry(
    IQuarantine quarantine,
    IEventStore store,
    FeedPollingOptions polling,
    DetectionOptions detection,
    TimeProvider time
)
{
    private const int MostConflicts = 20;

    /// <summary>Tries the given rows of a company; null for all of them.</summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<QuarantineRetryResult> RunAsync(
        Company company,
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    )
    {
        var rows = await quarantine.LoadAsync(company, ids, cancellationToken);
        var judged = rows.Select(row => (Row: row, Verdict: Judge(row))).ToList();
        var accepted = judged.Where(j => j.Verdict.Rejected.Count == 0).ToList();
        var stillBad = judged
            .Where(j => j.Verdict.Rejected.Count > 0)
            .Select(j => j.Row with { Reasons = j.Verdict.Rejected[0].Reasons })
            .ToList();

        var observations = accepted.SelectMany(j => j.Verdict.Accepted).ToList();
        var changes =
            accepted.Count == 0
                ? ChangeSet.Empty
                : await StoreAsync(company, observations, [.. accepted.Select(j => j.Row.Id)], cancellationToken);
        return new QuarantineRetryResult(rows.Count, accepted.Count, changes.EventCount, changes.Stale, stillBad);
    }

    private JudgedRows Judge(QuarantinedRow row) => JudgedRows.Judge([FeedRow.Parse(row.Raw)], time.GetUtcNow());

    /// <summary>A running poller moves the watermark and the streams meanwhile: each time it does, it is begun again.</summary>
    private async Task<ChangeSet> StoreAsync(
        Company company,
        IReadOnlyCollection<FeedObservation> observations,
        IReadOnlyList<long> resolved,
        CancellationToken cancellationToken
    )
    {
        for (var conflicts = 0; conflicts < MostConflicts; conflicts++)
        {
            var now = time.GetUtcNow();
            var progress =
                await store.ReadProgressAsync(company, cancellationToken)
                ?? await store.StartProgressAsync(company, FeedSchedule.StartFrom(now, polling), cancellationToken);
            var known = await store.LoadSnapshotsAsync(
                company,
                observations.Select(row => row.AssignmentId).Distinct().ToList(),
                cancellationToken
            );
            var changes = ChangeSet.Detect(known, observations, new DetectionContext(now, !progress.Bootstrapped));
            var commit = new FeedCommit(
                company,
                new WatermarkMove(progress.Watermark, progress.Watermark, Bootstrapped: false),
                changes,
                Rejected: [],
                PublishBaseline: detection.Baseline == BaselineHandling.Publish
            )
            {
                Resolved = resolved,
            };
            if (await store.CommitAsync(commit, cancellationToken) == CommitOutcome.Committed)
                return changes;
        }

        throw StorageException.TooManyConflicts(company, MostConflicts);
    }
}
