using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>Makes the message of a stored event. Pure.</summary>
public static class Messages
{
    /// <summary>The message of its kind, with every member set.</summary>
    public static Contract.CourseStatusChanged From(Company company, PendingEvent pending, CourseStatusChanged change)
    {
        var message = Describe(company, pending, change);
        return change.Kind switch
        {
            ChangeKind.Assigned => new Contract.CourseAssigned(message),
            ChangeKind.Started => new Contract.CourseStarted(message),
            ChangeKind.Completed => new Contract.CourseCompleted(message),
            ChangeKind.Failed => new Contract.CourseFailed(message),
            ChangeKind.Expired => new Contract.CourseExpired(message),
            ChangeKind.Reopened => new Contract.CourseReopened(message),
            ChangeKind.Reset => new Contract.CourseReset(message),
            _ => throw new ArgumentOutOfRangeException(nameof(change), change.Kind, "Not a kind of change."),
        };
    }

    private static Contract.CourseStatusChanged Describe(
        Company company,
        PendingEvent pending,
        CourseStatusChanged change
    ) =>
        new()
        {
            EventId = pending.EventId,
            Sequence = pending.Sequence,
            Company = company.Name,
            AssignmentId = pending.AssignmentId.Value,
            Version = pending.Version,
            EmployeeId = change.EmployeeId,
            CourseName = change.CourseName,
            CourseSerial = change.CourseSerial,
            AssignedCourseSerial = change.AssignedCourseSerial,
            PreviousStatus = change.PreviousStatus is { } previous ? Word(previous) : null,
            Status = Word(change.Status),
            Kind = Word(change.Kind),
            Attempt = change.Attempt,
            Inferred = change.Inferred,
            OccurredAt = change.OccurredAt,
            OccurredAtPrecision = Word(change.OccurredAtPrecision),
            DetectedAt = change.DetectedAt,
            CompletedAt = change.CompletedAt,
            PreTest = change.PreTest,
            PostTest = change.PostTest,
            TimeSpentSeconds = change.TimeSpentSeconds,
            Source = Word(change.Source),
        };

    private static string Word(CourseStatus status) =>
        status switch
        {
            CourseStatus.NotStarted => Contract.CourseStatuses.NotStarted,
            CourseStatus.InProgress => Contract.CourseStatuses.InProgress,
            CourseStatus.Completed => Contract.CourseStatuses.Completed,
            CourseStatus.Failed => Contract.CourseStatuses.Failed,
            CourseStatus.Expired => Contract.CourseStatuses.Expired,
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "Not a status."),
        };

    private static string Word(ChangeKind kind) =>
        kind switch
        {
            ChangeKind.Assigned => Contract.ChangeKinds.Assigned,
            ChangeKind.Started => Contract.ChangeKinds.Started,
            ChangeKind.Completed => Contract.ChangeKinds.Completed,
            ChangeKind.Failed => Contract.ChangeKinds.Failed,
            ChangeKind.Expired => Contract.ChangeKinds.Expired,
            ChangeKind.Reopened => Contract.ChangeKinds.Reopened,
            ChangeKind.Reset => Contract.ChangeKinds.Reset,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Not a kind of change."),
        };

    private static string Word(OccurredAtPrecision precision) =>
        precision switch
        {
            OccurredAtPrecision.Instant => Contract.Precisions.Instant,
            OccurredAtPrecision.Day => Contract.Precisions.Day,
            OccurredAtPrecision.Observed => Contract.Precisions.Observed,
            _ => throw new ArgumentOutOfRangeException(nameof(precision), precision, "Not a precision."),
        };

    private static string Word(ObservationSource source) =>
        source == ObservationSource.Feed ? Contract.Sources.Feed : Contract.Sources.Roster;
}
