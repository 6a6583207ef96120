namespace RuangKerja.Events.Storage;

internal sealed partial class CommitBatch
{
    // Separates the reasons of one row inside one array element; JSON text and our sentences never contain it.
    private const char ReasonSeparator = '\u001e';

    private void QuarantineRows()
    {
        // The same row twice in one answer is one row: an upsert cannot touch a row twice.
        var rejected = _commit.Rejected.DistinctBy(r => (r.RosterOf?.Serial, r.Raw)).ToList();
        if (rejected.Count == 0)
            return;

        Add(
            _sql.QuarantineRows,
            rows: null,
            CommitOutcome.Committed,
            _commit.Company.TenantId,
            rejected.Select(r => r.RosterOf is null ? "feed" : "roster").ToArray(),
            rejected.Select(r => r.Raw).ToArray(),
            rejected.Select(r => string.Join(ReasonSeparator, r.Reasons)).ToArray(),
            rejected.Select(r => r.RosterOf?.Serial).ToArray(),
            rejected.Select(r => r.RosterOf?.Name).ToArray()
        );
    }

    private void ResolveRows()
    {
        if (_commit.Resolved.Count == 0)
            return;

        Add(
            _sql.DiscardQuarantine,
            rows: null,
            CommitOutcome.Committed,
            _commit.Company.TenantId,
            _commit.Resolved.ToArray()
        );
    }
}
