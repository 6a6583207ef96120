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
/// <param name="Claims">The keys under which assignments are to be found from now on.</param>
public sealed record ChangeSet(
    IReadOnlyList<AssignmentChanges> Assignments,
    IReadOnlyList<KeyClaim> Claims,
    int Unchanged,
    int Stale
)
{
    /// <summary>Nothing to write.</summary>
    public static readonly ChangeSet Empty = new([], [], 0, 0);

    /// <summary>How many events there are.</summary>
    public int EventCount => Assignments.Sum(a => a.Events.Count);

    /// <summary>The events that are not the past.</summary>
    public IEnumerable<CourseStatusChanged> News => Assignments.SelectMany(a => a.Events).Where(e => !e.Baseline);

    /// <summary>
    /// Detects over rows in any order and with repeats: rows are taken in the order in which the API says they happened.
    /// </summary>
    /// <param name="known">What is known of the assignments that the rows may speak of: see <see cref="KnownAssignments.KeysOf"/>.</param>
    /// <param name="rows">Accepted rows, of either source or both.</param>
    /// <param name="context">When they are looked at, and by which rules.</param>
    public static ChangeSet Detect(
        KnownAssignments known,
        IReadOnlyCollection<Observation> rows,
        DetectionContext context
    )
    {
        var book = new AssignmentBook(known);
        int unchanged = 0,
            stale = 0;

        // Nearly all rows say what is known already: they are told apart first, without sorting or copying anything. What is
        // unchanged or stale now still is after any other row; but for a row that is stale against what another row of the
        // same set adopts, which the next window shows again.
        List<Observation>? rest = null;
        foreach (var row in rows)
        {
            switch (Detector.Detect(Find(book, row, context), row, context).Outcome)
            {
                case DetectionOutcome.Unchanged:
                    unchanged++;
                    break;
                case DetectionOutcome.Stale:
                    stale++;
                    break;
                default:
                    (rest ??= []).Add(row);
                    break;
            }
        }

        rest?.Sort(AsItHappened.Instance);
        foreach (var row in rest ?? [])
        {
            var before = Find(book, row, context);
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
                    book.Write(row, before?.Version ?? 0, detection);
                    break;
            }
        }

        return new ChangeSet(book.Changes(), book.Claims(), unchanged, stale);
    }

    private static CourseStatusSnapshot? Find(AssignmentBook book, Observation row, DetectionContext context) =>
        row switch
        {
            FeedObservation feed => Linking.Find(book, feed, context.SettleDelay),
            RosterObservation roster => Linking.Find(book, roster),
            _ => throw new ArgumentException($"There is no such source as {row.GetType().Name}.", nameof(row)),
        };
}
