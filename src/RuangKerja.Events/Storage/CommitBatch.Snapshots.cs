using System.Text.Json;
using RuangKerja.Events.Courses;

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
}
