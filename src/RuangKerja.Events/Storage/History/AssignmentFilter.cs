using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>Which assignments are meant, as they are known now. What is null or empty does not narrow.</summary>
public sealed record AssignmentFilter
{
    /// <summary>The companies; empty for all that are stored.</summary>
    public IReadOnlyList<Company> Companies { get; init; } = [];

    /// <summary>The company's own id of the employee.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>The course's name, trimmed, letter case aside.</summary>
    public string? CourseName { get; init; }

    /// <summary>The course's serial.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The statuses; empty for all.</summary>
    public IReadOnlyList<CourseStatus> Statuses { get; init; } = [];
}

/// <summary>Names an assignment among those of all companies; lists go in this order.</summary>
public sealed record AssignmentReference(Company Company, AssignmentId AssignmentId);

/// <summary>An assignment as it is known now.</summary>
public sealed record StoredAssignment(Company Company, CourseStatusSnapshot Snapshot);
