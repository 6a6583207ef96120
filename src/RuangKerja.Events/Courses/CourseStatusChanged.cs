namespace RuangKerja.Events.Courses;

/// <summary>
/// One detected change, as it is stored: the <c>data</c> of a <c>course_status_changed</c> event in Marten's event store.
/// The stream carries the assignment id, the version and the company; the event's own row its id and sequence.
/// </summary>
/// <remarks>The type's full name stands in every stored event: renaming or moving it is a migration.</remarks>
public sealed record CourseStatusChanged
{
    /// <summary>The company's own id of the employee.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>The course's name, as the API gave it.</summary>
    public required string CourseName { get; init; }

    /// <summary>The course's serial, when known.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The upstream assignment's serial, when known.</summary>
    public string? AssignedCourseSerial { get; init; }

    /// <summary>The status before; null at first sight.</summary>
    public CourseStatus? PreviousStatus { get; init; }

    /// <summary>The status now.</summary>
    public required CourseStatus Status { get; init; }

    /// <summary>What happened.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>1 for the first attempt; one more at each reopening.</summary>
    public required int Attempt { get; init; }

    /// <summary>True when a step must have been skipped between two looks.</summary>
    public required bool Inferred { get; init; }

    /// <summary>True when it was recorded while the company was bootstrapped: the past, not news.</summary>
    public bool Baseline { get; init; }

    /// <summary>When it happened, as well as can be known.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>How exact <see cref="OccurredAt"/> is.</summary>
    public required OccurredAtPrecision OccurredAtPrecision { get; init; }

    /// <summary>When we saw it.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When the course was completed, while it is and the API told.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Score before the course, 0 to 100.</summary>
    public double? PreTest { get; init; }

    /// <summary>Score after the course, 0 to 100.</summary>
    public double? PostTest { get; init; }

    /// <summary>Time spent, in seconds.</summary>
    public long? TimeSpentSeconds { get; init; }

    /// <summary>Which endpoint showed it first.</summary>
    public required ObservationSource Source { get; init; }
}
