namespace RuangKerja.Events.Contracts;

/// <summary>
/// One detected change of an employee's status on a course. What is published is always one of the derived records;
/// a subscriber binds to the one it needs, or to this one for all of them.
/// </summary>
/// <remarks>
/// The namespace, the type names and the members are on the wire and frozen: within v1 members are only added, so a
/// reader must ignore what it does not know. Words such as <see cref="Status"/> are strings for the same reason.
/// Delivery is at least once: a duplicate carries the same <see cref="EventId"/>. Live deliveries of one assignment
/// leave in order of <see cref="Version"/>.
/// </remarks>
public record CourseStatusChanged
{
    /// <summary>The identity of this change; also the message id. The same in every duplicate and every replay.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The store's position: increasing, with gaps, across all companies.</summary>
    public required long Sequence { get; init; }

    /// <summary>The company (organisation) the employee belongs to, by its configured name.</summary>
    public required string Company { get; init; }

    /// <summary>The assignment (one employee's hold on one course) that changed. Never changes once given.</summary>
    public required string AssignmentId { get; init; }

    /// <summary>1, 2, 3 … per assignment, without gaps: a hole is a message not seen yet.</summary>
    public required long Version { get; init; }

    /// <summary>The company's own id of the employee. No other personal data leaves the pipeline.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>The course's name, as the API gave it.</summary>
    public required string CourseName { get; init; }

    /// <summary>The course's serial, when it is known.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The serial of the upstream assignment, when it is known. One serial may hold several courses.</summary>
    public string? AssignedCourseSerial { get; init; }

    /// <summary>The status before, one of <see cref="CourseStatuses"/>; null at first sight.</summary>
    public string? PreviousStatus { get; init; }

    /// <summary>The status now, one of <see cref="CourseStatuses"/>.</summary>
    public required string Status { get; init; }

    /// <summary>What happened, one of <see cref="ChangeKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>1 for the first attempt at the course; one more each time it was reopened.</summary>
    public required int Attempt { get; init; }

    /// <summary>True when a step must have happened between two looks at the API and was never seen.</summary>
    public required bool Inferred { get; init; }

    /// <summary>When the change happened, as well as can be known; see <see cref="OccurredAtPrecision"/>.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>How exact <see cref="OccurredAt"/> is, one of <see cref="Precisions"/>.</summary>
    public required string OccurredAtPrecision { get; init; }

    /// <summary>When the pipeline saw the change.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When the course was completed, while its status is <c>completed</c> and the API told.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Score before the course, 0 to 100; null while not submitted or not known.</summary>
    public double? PreTest { get; init; }

    /// <summary>Score after the course, 0 to 100; null while not submitted or not known.</summary>
    public double? PostTest { get; init; }

    /// <summary>Time spent on the course, in seconds; null when not known.</summary>
    public long? TimeSpentSeconds { get; init; }

    /// <summary>What showed the change first: <c>feed</c> or <c>roster</c>.</summary>
    public required string Source { get; init; }
}
