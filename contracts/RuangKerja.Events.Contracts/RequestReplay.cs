namespace RuangKerja.Events.Contracts;

/// <summary>
/// Asks for stored events again, for one queue alone. It is sent to the exchange or queue <c>ruangkerja-replay</c>, and is
/// answered by <see cref="ReplayStarted"/> and, at the end, <see cref="ReplayFinished"/>; or by <see cref="ReplayRejected"/>.
/// </summary>
/// <remarks>
/// Every filter member narrows; one that is left out, null or empty does not. A member that the service does not know is a
/// fault, not ignored: it may have been meant to narrow. Employee and course are those of the assignment as it is known now.
/// </remarks>
public sealed record RequestReplay
{
    /// <summary>Made by the requester. The same id again is the same replay, however often it is asked for.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The queue that the events go to: it exists, and the service is allowed to replay to it.</summary>
    public required string Queue { get; init; }

    /// <summary>Who asks, for the audit: a service's or a person's name.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>The companies, by their configured names.</summary>
    public IReadOnlyList<string>? Companies { get; init; }

    /// <summary>Stored at this instant or later.</summary>
    public DateTimeOffset? RecordedFrom { get; init; }

    /// <summary>Stored before this instant.</summary>
    public DateTimeOffset? RecordedBefore { get; init; }

    /// <summary>Happened at this instant or later, as well as is known.</summary>
    public DateTimeOffset? OccurredFrom { get; init; }

    /// <summary>Happened before this instant.</summary>
    public DateTimeOffset? OccurredBefore { get; init; }

    /// <summary>Of this <see cref="CourseStatusChanged.Sequence"/> or a higher one.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>Of this <see cref="CourseStatusChanged.Sequence"/> or a lower one.</summary>
    public long? LastSequence { get; init; }

    /// <summary>The company's own id of the employee.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>The course's name, compared trimmed and without regard to letter case.</summary>
    public string? CourseName { get; init; }

    /// <summary>The course's serial.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The assignment.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>The statuses that were changed to, of <see cref="CourseStatuses"/>.</summary>
    public IReadOnlyList<string>? Statuses { get; init; }

    /// <summary>The kinds of change, of <see cref="ChangeKinds"/>.</summary>
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Whether the past from before the company was first polled is meant too, which was never published.</summary>
    public bool IncludeBaseline { get; init; }

    /// <summary>At most so many messages a second; null for as many as the service allows.</summary>
    public int? Rate { get; init; }

    /// <summary>
    /// For what is missing only: by assignment id, the highest <see cref="CourseStatusChanged.Version"/> up to which the
    /// requester has everything. At most 100,000. One that hears of several companies names one in <see cref="Companies"/>.
    /// </summary>
    public IReadOnlyDictionary<string, long>? HeldVersions { get; init; }

    /// <summary>For what is missing only: the ids of events that the requester has. At most 100,000.</summary>
    public IReadOnlyList<Guid>? HeldEventIds { get; init; }
}
