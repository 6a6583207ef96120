using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

internal sealed partial class CommitBatch
{
    private void ClaimKeys()
    {
        // In one order everywhere, so that two writers wait for each other and do not block each other.
        var claims = _commit
            .Changes.Claims.Select(claim => (Digest: claim.Key.Digest(), claim.Before, claim.Added))
            .OrderBy(claim => claim.Digest)
            .ToList();
        var begun = claims.Where(claim => claim.Before == 0).ToList();
        var extended = claims.Where(claim => claim.Before > 0).ToList();
        var tenant = _commit.Company.TenantId;

        if (begun.Count > 0)
        {
            Add(
                _sql.BeginKeys,
                begun.Count,
                CommitOutcome.AssignmentMoved,
                tenant,
                begun.Select(claim => claim.Digest).ToArray(),
                begun.Select(claim => Joined(claim.Added)).ToArray()
            );
        }
        if (extended.Count > 0)
        {
            Add(
                _sql.ExtendKeys,
                extended.Count,
                CommitOutcome.AssignmentMoved,
                tenant,
                extended.Select(claim => claim.Digest).ToArray(),
                extended.Select(claim => Joined(claim.Added)).ToArray(),
                extended.Select(claim => claim.Before).ToArray()
            );
        }

        // The parts of an id are percent-encoded: none holds a space.
        static string Joined(IEnumerable<AssignmentId> ids) => string.Join(' ', ids.Select(id => id.Value));
    }
}
