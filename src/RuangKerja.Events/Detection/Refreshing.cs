using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>What a row that tells no change still teaches: links, names, scores, the completion's time. Null: nothing.</summary>
internal static class Refreshing
{
    /// <summary>A newer row's name and completion date count; of two rows of one instant, whichever comes first changes nothing.</summary>
    public static CourseStatusSnapshot? Of(CourseStatusSnapshot known, FeedObservation row)
    {
        var isNewer = known.FeedUpdatedAt != row.UpdatedAt;
        var told = row.CompletionTold();
        var completedAt = isNewer ? told ?? known.CompletedAt : Later(told, known.CompletedAt);
        var courseSerial = known.CourseSerial ?? row.Course.Serial;
        if (!isNewer && completedAt == known.CompletedAt && courseSerial == known.CourseSerial)
            return null;

        return known with
        {
            CourseName = isNewer ? row.Course.Name : known.CourseName,
            CourseSerial = courseSerial,
            AssignedCourseSerial = row.AssignedCourseSerial,
            FeedUpdatedAt = row.UpdatedAt,
            CompletedAt = completedAt,
        };
    }

    /// <summary>A roster's day never takes the place of the feed's instant.</summary>
    public static CourseStatusSnapshot? Of(CourseStatusSnapshot known, RosterObservation row)
    {
        var courseName = IsSameName(known.CourseName, row.Course.Name) ? known.CourseName : row.Course.Name;
        var courseSerial = known.CourseSerial ?? row.Course.Serial;
        var completedAt = known.CompletedAt ?? row.CompletionTold();
        if (
            ReferenceEquals(courseName, known.CourseName)
            && courseSerial == known.CourseSerial
            && completedAt == known.CompletedAt
            && row.PreTest == known.PreTest
            && row.PostTest == known.PostTest
            && row.TimeSpentSeconds == known.TimeSpentSeconds
        )
        {
            return null;
        }

        return known with
        {
            CourseName = courseName,
            CourseSerial = courseSerial,
            CompletedAt = completedAt,
            PreTest = row.PreTest,
            PostTest = row.PostTest,
            TimeSpentSeconds = row.TimeSpentSeconds,
            RosterSeenAt = row.SeenAt,
        };
    }

    /// <summary>A completion date beside another status is left over from an earlier attempt, and says nothing of this one.</summary>
    public static DateTimeOffset? CompletionTold(this FeedObservation row) =>
        row.Status == CourseStatus.Completed ? row.CompletedAt : null;

    /// <inheritdoc cref="CompletionTold(FeedObservation)" />
    public static DateTimeOffset? CompletionTold(this RosterObservation row) =>
        row.Status == CourseStatus.Completed ? row.CompletedAt : null;

    private static bool IsSameName(string one, string other) =>
        one.AsSpan().Trim().Equals(other.AsSpan().Trim(), StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) =>
        one is null || other > one ? other : one;
}
