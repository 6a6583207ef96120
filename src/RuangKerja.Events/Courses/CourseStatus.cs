namespace RuangKerja.Events.Courses;

/// <summary>What the API says of an assignment. Order matters: a later value never counts as a step backwards.</summary>
public enum CourseStatus
{
    /// <summary>Assigned, not begun.</summary>
    NotStarted,

    /// <summary>Begun.</summary>
    InProgress,

    /// <summary>Out of time.</summary>
    Expired,

    /// <summary>Done, without success.</summary>
    Failed,

    /// <summary>Done, with success.</summary>
    Completed,
}

/// <summary>What happened between two statuses: the table of <c>Detection</c>.</summary>
public enum ChangeKind
{
    /// <summary>First seen, not started.</summary>
    Assigned,

    /// <summary>Went into progress.</summary>
    Started,

    /// <summary>Went to completed.</summary>
    Completed,

    /// <summary>Went to failed.</summary>
    Failed,

    /// <summary>Went to expired.</summary>
    Expired,

    /// <summary>Left completed, failed or expired: a new attempt.</summary>
    Reopened,

    /// <summary>Went from in progress back to not started.</summary>
    Reset,
}

/// <summary>How exactly the time of a change is known.</summary>
public enum OccurredAtPrecision
{
    /// <summary>To the instant.</summary>
    Instant,

    /// <summary>To the day: midnight in the company's time zone.</summary>
    Day,

    /// <summary>Not at all: the time of the request that showed it.</summary>
    Observed,
}

/// <summary>Which endpoint showed an observation.</summary>
public enum ObservationSource
{
    /// <summary>user-course-status.</summary>
    Feed,

    /// <summary>A course's online users.</summary>
    Roster,
}

/// <summary>The statuses' own words, as the API, the store and the messages spell them.</summary>
public static class CourseStatusWords
{
    /// <summary>True for completed, failed and expired: an attempt has ended.</summary>
    public static bool IsTerminal(this CourseStatus status) => status >= CourseStatus.Expired;

    /// <summary>Reads the API's word; false when it is none of the five.</summary>
    public static bool TryParse(string? word, out CourseStatus status)
    {
        (var known, status) = word switch
        {
            "not_started" => (true, CourseStatus.NotStarted),
            "in_progress" => (true, CourseStatus.InProgress),
            "completed" => (true, CourseStatus.Completed),
            "failed" => (true, CourseStatus.Failed),
            "expired" => (true, CourseStatus.Expired),
            _ => (false, CourseStatus.NotStarted),
        };
        return known;
    }

    /// <summary>The five words, for messages to people.</summary>
    public const string All = "not_started, in_progress, completed, failed, expired";
}
