using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Testing;

/// <summary>
/// Makes the messages of one assignment's life, as the service would: each call is what happens next, with the version, the attempt and
/// the previous status that follow. What else a test needs, it says with a <c>with</c> on the message.
/// </summary>
/// <param name="employeeId">The employee.</param>
/// <param name="courseName">The course.</param>
/// <param name="company">The company, by its configured name.</param>
public sealed class TestAssignment(
    string employeeId = "ID-1",
    string courseName = "Keselamatan Kerja",
    string company = "default"
)
{
    // The store's, over all assignments.
    private static long sequence;

    private readonly DateTimeOffset _assignedAt = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);
    private readonly string _assignmentId = $"ASGC-1/{employeeId}/{NewId.NextGuid():N}";

    private CourseStatusChanged? _last;

    /// <summary>The assignment's id, of its own for each instance.</summary>
    public string AssignmentId => _assignmentId;

    /// <summary>The employee was assigned the course.</summary>
    public CourseAssigned Assigned() => new(Next(ChangeKinds.Assigned, CourseStatuses.NotStarted));

    /// <summary>The employee started the course.</summary>
    public CourseStarted Started() => new(Next(ChangeKinds.Started, CourseStatuses.InProgress));

    /// <summary>The employee completed the course.</summary>
    /// <param name="postTest">The score after the course, 0 to 100.</param>
    public CourseCompleted Completed(double postTest = 87.5)
    {
        var change = Next(ChangeKinds.Completed, CourseStatuses.Completed);
        return new CourseCompleted(change)
        {
            CompletedAt = change.OccurredAt,
            PreTest = 40,
            PostTest = postTest,
            TimeSpentSeconds = 1_800,
        };
    }

    /// <summary>The employee failed the course.</summary>
    public CourseFailed Failed() => new(Next(ChangeKinds.Failed, CourseStatuses.Failed));

    /// <summary>The assignment ran out of time.</summary>
    public CourseExpired Expired() => new(Next(ChangeKinds.Expired, CourseStatuses.Expired));

    /// <summary>The course was opened again: a new attempt.</summary>
    public CourseReopened Reopened() => new(Next(ChangeKinds.Reopened, CourseStatuses.InProgress));

    /// <summary>The course was set back to not started.</summary>
    public CourseReset Reset() => new(Next(ChangeKinds.Reset, CourseStatuses.NotStarted));

    private CourseStatusChanged Next(string kind, string status)
    {
        var version = (_last?.Version ?? 0) + 1;
        var at = _assignedAt + TimeSpan.FromHours(version - 1);
        return _last = new CourseStatusChanged
        {
            EventId = NewId.NextGuid(),
            Sequence = Interlocked.Increment(ref sequence),
            Company = company,
            AssignmentId = _assignmentId,
            Version = version,
            EmployeeId = employeeId,
            CourseName = courseName,
            CourseSerial = "COURSE-1",
            AssignedCourseSerial = "ASGC-1",
            PreviousStatus = _last?.Status,
            Status = status,
            Kind = kind,
            Attempt = (_last?.Attempt ?? 1) + (kind == ChangeKinds.Reopened ? 1 : 0),
            Inferred = IsInferred(status),
            OccurredAt = at,
            OccurredAtPrecision = Precisions.Instant,
            DetectedAt = at + TimeSpan.FromSeconds(10),
            Source = Sources.Feed,
        };
    }

    /// <summary>A terminal status that was reached without having been seen under way.</summary>
    private bool IsInferred(string status) =>
        status is CourseStatuses.Completed or CourseStatuses.Failed or CourseStatuses.Expired
        && _last?.Status is null or CourseStatuses.NotStarted;
}
