using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Storage;

internal sealed partial class CommitBatch
{
    // The full type name without the assembly, as Marten writes it for documents.
    private static readonly string SnapshotType = typeof(CourseStatusSnapshot).FullName!;

    private void StoreSnapshots()
    {
        var assignments = _commit.Changes.Assignments;
        if (assignments.Count == 0)
            return;

        Add(
            _sql.StoreSnapshots,
            assignments.Count,
            CommitOutcome.AssignmentMoved,
            _commit.Company.TenantId,
            SnapshotType,
            Ids(assignments),
            assignments.Select(a => JsonSerializer.Serialize(a.Snapshot, CoursesJson.Options)).ToArray()
        );
    }

    /// <summary>For an engine that stores the snapshots itself: none of those that are stored knows more than what comes.</summary>
    private void CompareSnapshots()
    {
        var assignments = _commit.Changes.Assignments;
        if (assignments.Count == 0)
            return;

        Add(
            _sql.CompareSnapshots,
            assignments.Count,
            CommitOutcome.AssignmentMoved,
            _commit.Company.TenantId,
            Ids(assignments),
            assignments.Select(a => a.Snapshot.FeedUpdatedAt?.ToUniversalTime()).ToArray(),
            assignments.Select(a => a.Snapshot.RosterSeenAt?.ToUniversalTime()).ToArray()
        );
    }

    private void IndexAssignments()
    {
        var assignments = _commit.Changes.Assignments;
        if (assignments.Count == 0)
            return;

        Add(
            _sql.IndexAssignments,
            rows: null,
            CommitOutcome.Committed,
            _commit.Company.TenantId,
            Ids(assignments),
            assignments.Select(a => a.Snapshot.EmployeeId).ToArray(),
            assignments.Select(a => CourseDigest.Of(a.Snapshot.CourseName)).ToArray(),
            assignments.Select(a => a.Snapshot.CourseSerial).ToArray()
        );
    }
}
