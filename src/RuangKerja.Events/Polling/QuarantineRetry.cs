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
/// Judges quarantined rows again, by the rules of today, and detects on those that pass, as if the API had shown them when
/// they were seen last. They leave the quarantine in the transaction that stores what they tell; nothing is proven read.
/// </summary>
public sealed class QuarantineRetry(
    IQuarantine quarantine,
    IEventStore store,
    ICatalogueStore catalogues,
    PipelineOptions options,
    TimeProvider time
)
{
    /// <summary>Tries the given rows of a company; null for all of them.</summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public async Task<QuarantineRetryResult> RunAsync(
        CompanyOptions company,
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    )
    {
        var rows = await quarantine.LoadAsync(company.Company, ids, cancellationToken);
        var stored = await catalogues.ReadAsync(company.Company, cancellationToken);
        var catalogue = stored?.Catalogue ?? Catalogue.Empty;
        var judged = RetriedRows.Judge(rows, catalogue, company.Api.TimeZone, time.GetUtcNow());
        var accepted = judged.Where(j => j.Verdict.Rejected.Count == 0).ToList();
        var stillBad = judged
            .Where(j => j.Verdict.Rejected.Count > 0)
            .Select(j => j.Row with { Reasons = j.Verdict.Rejected[0].Reasons })
            .ToList();

        var written = accepted.Count == 0 ? default : await StoreAsync(company.Company, accepted, cancellationToken);
        return new QuarantineRetryResult(rows.Count, accepted.Count, written.Events, written.Stale, stillBad);
    }

    private async Task<ChunkResult> StoreAsync(
        Company company,
        IReadOnlyList<(QuarantinedRow Row, JudgedRows Verdict)> accepted,
        CancellationToken cancellationToken
    )
    {
        var progress = await store.ReadOrStartProgressAsync(
            company,
            options.Polling.Feed,
            time.GetUtcNow(),
            cancellationToken
        );
        var rows = new JudgedRows([.. accepted.SelectMany(a => a.Verdict.Accepted)], Rejected: []);
        var writer = new ChunkWriter(company, store, options.Detection, options.SurgeLimit, time);
        return await writer.WriteAsync(
            rows,
            new NoMove(),
            progress.Baseline(options.Polling.Rosters.Enabled),
            writer.NewSurge(),
            [.. accepted.Select(a => a.Row.Id)],
            cancellationToken
        );
    }
}
