using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>Everything one assignment has to write: its last snapshot and the events that lead to it, in order.</summary>
/// <param name="Before">The version it was detected against: 0 when the assignment is new.</param>
public sealed record AssignmentChanges(
    AssignmentId AssignmentId,
    long Before,
    CourseStatusSnapshot Snapshot,
    IReadOnlyList<CourseStatusChanged> Events
);

/// <summary>What a set of rows came to.</summary>
/// <param name="Assignments">One entry per assignment that has something to write, by assignment id.</param>
public sealed record ChangeSet(IReadOnlyList<AssignmentChanges> Assignments, int Unchanged, int Stale)
{
    /// <summary>Nothing to write.</summary>
    public static readonly ChangeSet Empty = new([], 0, 0);

    /// <summary>How many events there are.</summary>
    public int EventCount => Assignments.Sum(a => a.Events.Count);

    /// <summary>
    /// Detects over rows in any order and with repeats: rows are taken in the order in which the API says they happened.
    /// </summary>
    /// <param name="known">The snapshots of the assignments that the rows speak of, where there are any.</param>
    /// <param name="rows">Accepted rows.</param>
    /// <param name="context">When they were seen, and whether the company is being bootstrapped.</param>
    public static ChangeSet Detect(
        IReadOnlyDictionary<AssignmentId, CourseStatusSnapshot> known,
        IEnumerable<FeedObservation> rows,
        DetectionContext context
    )
    {
        var pending = new Dictionary<AssignmentId, Pending>();
        int unchanged = 0,
            stale = 0;

        foreach (var row in InOrder(rows))
        {
            var id = row.AssignmentId;
            var before = pending.TryGetValue(id, out var written) ? written.Snapshot : known.GetValueOrDefault(id);
            var detection = Detector.Detect(before, row, context);
            switch (detection.Outcome)
            {
                case DetectionOutcome.Unchanged:
                    unchanged++;
                    break;
                case DetectionOutcome.Stale:
                    stale++;
                    break;
                default:
                    written ??= pending[id] = new Pending(before?.Version ?? 0);
                    written.Add(detection);
                    break;
            }
        }

        var assignments = pending
            .OrderBy(p => p.Key.Value, StringComparer.Ordinal)
            .Select(p => new AssignmentChanges(p.Key, p.Value.Before, p.Value.Snapshot!, p.Value.Events))
            .ToList();
        return new ChangeSet(assignments, unchanged, stale);
    }

    /// <summary>
    /// As they happened; of rows that say the same of the same instant, the one that says most comes first, so that what
    /// is told does not depend on the order of an answer.
    /// </summary>
    private static IEnumerable<FeedObservation> InOrder(IEnumerable<FeedObservation> rows) =>
        rows.OrderBy(r => r.UpdatedAt)
            .ThenBy(r => r.Status)
            .ThenByDescending(r => r.CompletedAt)
            .ThenBy(r => r.CourseName, StringComparer.Ordinal);

    private sealed class Pending(long before)
    {
        public long Before { get; } = before;
        public CourseStatusSnapshot? Snapshot { get; private set; }
        public List<CourseStatusChanged> Events { get; } = [];

        public void Add(DetectionResult detection)
        {
            Snapshot = detection.Snapshot;
            if (detection.Event is { } change)
                Events.Add(change);
        }
    }
}
