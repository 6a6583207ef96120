using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>One accepted row: what the API showed of one employee and one course.</summary>
/// <param name="SeenAt">When the answer was given, by the API's own clock where it tells.</param>
public abstract record Observation(
    string EmployeeId,
    CourseReference Course,
    CourseStatus Status,
    DateTimeOffset SeenAt
);

/// <summary>A row of the feed.</summary>
/// <param name="CompletedAt">As told; counts only while the status is completed.</param>
public sealed record FeedObservation(
    string AssignedCourseSerial,
    string EmployeeId,
    CourseReference Course,
    CourseStatus Status,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? CompletedAt,
    DateTimeOffset SeenAt
) : Observation(EmployeeId, Course, Status, SeenAt);

/// <summary>A row of a course's roster.</summary>
/// <param name="CompletedAt">Midnight of the day, in the company's time zone; counts only while the status is completed.</param>
/// <param name="PreTest">0 to 100; null while not submitted.</param>
/// <param name="PostTest">0 to 100; null while not submitted.</param>
public sealed record RosterObservation(
    string EmployeeId,
    CourseReference Course,
    CourseStatus Status,
    DateTimeOffset? CompletedAt,
    double? PreTest,
    double? PostTest,
    long? TimeSpentSeconds,
    DateTimeOffset SeenAt
) : Observation(EmployeeId, Course, Status, SeenAt);

/// <summary>Which first sights are baseline: the past, not news.</summary>
/// <param name="Before">What is dated before this instant: the company's first start. Null: nothing is.</param>
/// <param name="Undated">Whether what is not dated is, too: while the past is being read it may be as old as any.</param>
public readonly record struct BaselineRule(DateTimeOffset? Before, bool Undated)
{
    private static readonly TimeSpan MostBehind = TimeSpan.FromHours(1);

    /// <summary>How far a clock is behind is known to the second, and to how long the answer took.</summary>
    private static readonly TimeSpan Blur = TimeSpan.FromSeconds(5);

    /// <summary>
    /// The same for rows dated by the API's clock, which leaves out the parts of a second: what happens in the second of the
    /// first start is news. With a clock that is behind ours what happens after the first start is dated before it, and is
    /// news all the same. A clock that is ahead moves nothing, and none moves more than an hour: it may be right again. To
    /// tell a little of the past does less harm than to keep news back.
    /// </summary>
    /// <param name="ahead">How far the API's clock is ahead of ours; below zero, behind.</param>
    public BaselineRule ByApiClock(TimeSpan ahead)
    {
        var start = Before - TimeSpan.FromTicks(Before?.Ticks % TimeSpan.TicksPerSecond ?? 0);
        return ahead >= TimeSpan.Zero
            ? this with
            {
                Before = start,
            }
            : this with
            {
                Before = start - (ahead < -MostBehind ? MostBehind : -ahead) - Blur,
            };
    }
}

/// <summary>What detection is told beside the rows.</summary>
/// <param name="DetectedAt">When the rows are looked at, by our clock.</param>
/// <param name="Baseline">Which first sights are.</param>
/// <param name="SettleDelay">How long the two sources may disagree about a change. See <see cref="DetectionOptions.SettleDelay"/>.</param>
public readonly record struct DetectionContext(DateTimeOffset DetectedAt, BaselineRule Baseline, TimeSpan SettleDelay);
