namespace RuangKerja.Events.Contracts;

/// <summary>The words of <see cref="CourseStatusChanged.Status"/> and <see cref="CourseStatusChanged.PreviousStatus"/>.</summary>
public static class CourseStatuses
{
    /// <summary>Assigned, not begun.</summary>
    public const string NotStarted = "not_started";

    /// <summary>Begun.</summary>
    public const string InProgress = "in_progress";

    /// <summary>Done, with success.</summary>
    public const string Completed = "completed";

    /// <summary>Done, without success.</summary>
    public const string Failed = "failed";

    /// <summary>Out of time.</summary>
    public const string Expired = "expired";
}

/// <summary>The words of <see cref="CourseStatusChanged.Kind"/>; each is also the last part of the routing key.</summary>
public static class ChangeKinds
{
    /// <summary><see cref="CourseAssigned"/>.</summary>
    public const string Assigned = "assigned";

    /// <summary><see cref="CourseStarted"/>.</summary>
    public const string Started = "started";

    /// <summary><see cref="CourseCompleted"/>.</summary>
    public const string Completed = "completed";

    /// <summary><see cref="CourseFailed"/>.</summary>
    public const string Failed = "failed";

    /// <summary><see cref="CourseExpired"/>.</summary>
    public const string Expired = "expired";

    /// <summary><see cref="CourseReopened"/>.</summary>
    public const string Reopened = "reopened";

    /// <summary><see cref="CourseReset"/>.</summary>
    public const string Reset = "reset";
}

/// <summary>The words of <see cref="CourseStatusChanged.OccurredAtPrecision"/>.</summary>
public static class Precisions
{
    /// <summary>The API told the instant.</summary>
    public const string Instant = "instant";

    /// <summary>The API told the day; the time is midnight in the company's time zone.</summary>
    public const string Day = "day";

    /// <summary>The API told nothing: it is the time the change was seen.</summary>
    public const string Observed = "observed";
}

/// <summary>The words of <see cref="CourseStatusChanged.Source"/>.</summary>
public static class Sources
{
    /// <summary>The user-course-status endpoint.</summary>
    public const string Feed = "feed";

    /// <summary>A course's list of online users.</summary>
    public const string Roster = "roster";
}
