using FsCheck;
using FsCheck.Fluent;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Courses.CourseStatus;
using static RuangKerja.Events.Tests.Detection.Rows;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>Properties of detection over whole histories. A failing run prints its seed.</summary>
public sealed class ChangeSetTests
{
    private static readonly KnownAssignments Nothing = KnownAssignments.None;

    /// <summary>Up to 12 rows of up to 3 assignments, seconds close together so that equal ones occur.</summary>
    private static readonly Gen<FeedObservation[]> Histories =
        from length in Gen.Choose(0, 12)
        from rows in Gen.ArrayOf(
            from employee in Gen.Choose(1, 3)
            from second in Gen.Choose(0, 8)
            from status in Gen.Elements(NotStarted, InProgress, Expired, Failed, Completed)
            from completedAt in Gen.Elements<DateTimeOffset?>(null, Epoch, Epoch.AddSeconds(3))
            select Row(status, second, employee, completedAt),
            length
        )
        select rows;

    [Fact]
    public void Order_and_repeats_within_an_answer_do_not_matter() =>
        ForAll(
            from rows in Histories
            from shuffled in Gen.Shuffle(rows.Concat(rows).ToArray())
            select (rows, shuffled),
            sample =>
            {
                var once = ChangeSet.Detect(Nothing, sample.rows, Live);
                var mixed = ChangeSet.Detect(Nothing, sample.shuffled, Live);
                return Written(once) == Written(mixed);
            }
        );

    [Fact]
    public void Windows_in_order_come_to_the_same_events_as_one_window() =>
        ForAll(
            from rows in Histories
            from cut in Gen.Choose(0, rows.Length)
            select (rows, cut),
            sample =>
            {
                var inOrder = sample
                    .rows.OrderBy(r => r.UpdatedAt)
                    .ThenBy(r => r.Status)
                    .ThenByDescending(r => r.CompletedAt)
                    .ToArray();
                var whole = new MemoryStore();
                whole.Take(inOrder);
                var split = new MemoryStore();
                split.Take(inOrder[..sample.cut]);
                split.Take(inOrder[sample.cut..]);
                return whole.Text == split.Text;
            }
        );

    [Fact]
    public void Windows_in_any_order_end_in_the_truth() =>
        ForAll(
            from rows in Histories
            from shuffled in Gen.Shuffle(rows.Concat(rows).ToArray())
            from size in Gen.Choose(1, 5)
            select (rows, shuffled, size),
            sample =>
            {
                var store = new MemoryStore();
                foreach (var window in sample.shuffled.Chunk(sample.size))
                    store.Take(window);

                return sample
                    .rows.GroupBy(IdOf)
                    .All(rows =>
                    {
                        var truth = rows.OrderBy(r => r.UpdatedAt).ThenBy(r => r.Status).Last();
                        var known = store.Known[rows.Key];
                        return known.Status == truth.Status && known.FeedUpdatedAt == truth.UpdatedAt;
                    });
            }
        );

    [Fact]
    public void Rows_seen_again_are_never_events() =>
        ForAll(
            from rows in Histories
            from again in Gen.Shuffle(rows)
            select (rows, again),
            sample =>
            {
                var store = new MemoryStore();
                store.Take(sample.rows);
                return store.Take(sample.again).EventCount == 0;
            }
        );

    [Fact]
    public void Versions_have_no_gap_and_every_event_begins_where_the_last_ended() =>
        ForAll(
            from rows in Histories
            from size in Gen.Choose(1, 5)
            select (rows, size),
            sample =>
            {
                var store = new MemoryStore();
                foreach (var window in sample.rows.Chunk(sample.size))
                    store.Take(window);

                return store.Events.All(stream =>
                {
                    var statuses = stream.Value.Select(e => (CourseStatus?)e.Status).Prepend(null).ToArray();
                    return stream.Value.Select(e => e.PreviousStatus).SequenceEqual(statuses[..^1])
                        && store.Known[stream.Key].Version == stream.Value.Count
                        && store.Known[stream.Key].Status == stream.Value[^1].Status;
                });
            }
        );

    [Fact]
    public void Two_changes_within_one_answer_are_two_events_of_one_assignment()
    {
        var changes = ChangeSet.Detect(Nothing, [Row(Completed, 3), Row(InProgress, 1)], Live);

        var assignment = changes.Assignments.ShouldHaveSingleItem();
        assignment.Before.ShouldBe(0);
        assignment.Events.Select(e => e.Kind).ShouldBe([ChangeKind.Started, ChangeKind.Completed]);
        assignment.Snapshot.Version.ShouldBe(2);
    }

    [Fact]
    public void Stale_and_unchanged_rows_are_counted_and_not_written()
    {
        var known = Known(Row(InProgress, second: 5));
        var changes = ChangeSet.Detect(Store(known), [Row(InProgress, 5), Row(NotStarted, 1)], Live);

        changes.Assignments.ShouldBeEmpty();
        changes.Unchanged.ShouldBe(1);
        changes.Stale.ShouldBe(1);
    }

    /// <summary>Nearly all rows of every answer: they are only looked up.</summary>
    [Fact]
    public void Unchanged_rows_are_detected_without_allocating()
    {
        const int rows = 100_000;
        var snapshots = new Dictionary<AssignmentId, CourseStatusSnapshot>();
        var keys = new Dictionary<AssignmentKey, IReadOnlyList<AssignmentId>>();
        var feed = new List<Observation>(rows);
        var rosters = new List<Observation>(rows);
        for (var employee = 0; employee < rows; employee++)
        {
            var row = Linked(InProgress, 1, employee);
            var known = Known(row);
            List<AssignmentId> ids = [new(known.Id)];
            snapshots[ids[0]] = known;
            keys[AssignmentKey.ByName(row.EmployeeId, row.Course.NormalisedName)] = ids;
            keys[AssignmentKey.BySerial(row.EmployeeId, row.Course.Serial!)] = ids;
            feed.Add(row);
            rosters.Add(Rostered(InProgress, 500, employee));
        }

        var store = new KnownAssignments(keys, snapshots);
        foreach (var answer in new[] { feed, rosters })
        {
            ChangeSet.Detect(store, answer[..1_000], Live);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var changes = ChangeSet.Detect(store, answer, Live);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

            changes.Unchanged.ShouldBe(rows);
            allocated.ShouldBeLessThan(16_384);
        }
    }

    private static void ForAll<T>(Gen<T> generator, Func<T, bool> property) =>
        Prop.ForAll(generator.ToArbitrary(), property).QuickCheckThrowOnFailure();

    /// <summary>All that would be stored, as text: records of lists do not compare by content.</summary>
    private static string Written(ChangeSet changes) =>
        string.Join('\n', changes.Assignments.Select(a => $"{a.Snapshot}\n{string.Join('\n', a.Events)}"));

    private static AssignmentId IdOf(FeedObservation row) =>
        AssignmentId.FromFeed(row.AssignedCourseSerial, row.EmployeeId, row.Course.Name);
}
