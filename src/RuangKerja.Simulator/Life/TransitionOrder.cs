using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Life;

/// <summary>
/// A transition somebody asks for. What is null is chosen by chance among the assignments that match the rest; at several
/// matches those that can lawfully move to <see cref="To"/> go first.
/// </summary>
public sealed record TransitionOrder
{
    /// <summary>The company's name; null for the first company.</summary>
    public string? Company { get; init; }

    /// <summary>Such as <c>ASGC-9O8QZE0T</c>.</summary>
    public string? AssignedCourseSerial { get; init; }

    /// <summary>Such as <c>ID-0001</c>.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>Such as <c>COURSE-7QK2M4XZ</c>.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The status to move to, lawful or not; null for a lawful one by chance.</summary>
    public UpstreamStatus? To { get; init; }

    internal bool Matches(Assignment one) =>
        (AssignedCourseSerial is null || AssignedCourseSerial == one.AssignedCourseSerial)
        && (EmployeeId is null || EmployeeId == one.Employee.Id)
        && (CourseSerial is null || CourseSerial == one.Course.Serial);
}
