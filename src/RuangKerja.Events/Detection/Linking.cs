using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>
/// Finds the one assignment that a row speaks of, whichever source it comes from. Where it cannot be told, nothing is
/// guessed: the row is of an assignment of its own.
/// </summary>
/// <remarks>Runs for every row: lists are gone through by index, since an enumerator of an interface is an allocation.</remarks>
internal static class Linking
{
    // A roster's day and the feed's instant of one completion, in whatever time zones both are told.
    private static readonly TimeSpan SameDay = TimeSpan.FromHours(36);

    /// <summary>
    /// The assignment with the row's serial, employee and course, the course by its name or, when it was renamed, by its
    /// serial; failing that, the one that a roster showed and no feed row yet. Null: it is new.
    /// </summary>
    public static CourseStatusSnapshot? Find(AssignmentBook book, FeedObservation row, TimeSpan settleDelay)
    {
        var named = OfSerial(book, AssignmentKey.ByName(row.EmployeeId, row.Course.NormalisedName), row);
        if (row.Course.Serial is not { } serial)
            return named;
        if (named is not null && (named.CourseSerial is null || named.CourseSerial == serial))
            return named;

        var key = AssignmentKey.BySerial(row.EmployeeId, serial);
        return OfSerial(book, key, row) ?? named ?? ToAdopt(book, key, row, settleDelay);
    }

    /// <summary>
    /// Of the employee's assignments of the course the one that changed last: those known by its serial, and those that only
    /// the feed has shown, when the course's name is its own. Null: it is new.
    /// </summary>
    public static CourseStatusSnapshot? Find(AssignmentBook book, RosterObservation row)
    {
        CourseStatusSnapshot? latest = null;
        var ids = book.Under(AssignmentKey.BySerial(row.EmployeeId, row.Course.Serial!));
        for (var i = 0; i < ids.Count; i++)
            latest = Later(latest, book[ids[i]]);

        if (row.Course.Link == CourseLink.Linked)
        {
            ids = book.Under(AssignmentKey.ByName(row.EmployeeId, row.Course.NormalisedName));
            for (var i = 0; i < ids.Count; i++)
            {
                if (book[ids[i]] is { CourseSerial: null } unlinked)
                    latest = Later(latest, unlinked);
            }
        }

        return latest;
    }

    private static CourseStatusSnapshot? OfSerial(AssignmentBook book, AssignmentKey key, FeedObservation row)
    {
        var ids = book.Under(key);
        for (var i = 0; i < ids.Count; i++)
        {
            if (book[ids[i]] is { } known && known.AssignedCourseSerial == row.AssignedCourseSerial)
                return known;
        }

        return null;
    }

    private static CourseStatusSnapshot? ToAdopt(
        AssignmentBook book,
        AssignmentKey key,
        FeedObservation row,
        TimeSpan settleDelay
    )
    {
        var ids = book.Under(key);
        for (var i = 0; i < ids.Count; i++)
        {
            if (book[ids[i]] is { AssignedCourseSerial: null } known && CanBe(known, row, settleDelay))
                return known;
        }

        return null;
    }

    /// <summary>
    /// Not when the roster, long after the row's last update, showed another status, and the row was seen later still: it is
    /// another assignment of the same course. Nor when both are completed, on different days.
    /// </summary>
    private static bool CanBe(CourseStatusSnapshot known, FeedObservation row, TimeSpan settleDelay)
    {
        if (known.Status != row.Status)
            return row.UpdatedAt > known.ChangedAt - settleDelay || row.SeenAt < known.ChangedAt;

        return known.CompletedAt is not { } day
            || row.CompletedAt is not { } instant
            || (day - instant).Duration() <= SameDay;
    }

    private static CourseStatusSnapshot? Later(CourseStatusSnapshot? one, CourseStatusSnapshot? other)
    {
        if (one is null || other is null)
            return one ?? other;

        // Not by when it happened: a roster dates a completion by its day, which is before what else was done on it.
        var order = (one.ChangedAt ?? one.OccurredAt).CompareTo(other.ChangedAt ?? other.OccurredAt);
        if (order == 0)
            order = one.DetectedAt.CompareTo(other.DetectedAt);
        if (order == 0)
            order = string.CompareOrdinal(one.Id, other.Id);
        return order < 0 ? other : one;
    }
}
