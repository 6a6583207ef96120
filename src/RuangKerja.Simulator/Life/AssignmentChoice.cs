using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Life;

/// <summary>
/// An assignment that something shall happen to. What is null is chosen by chance among the assignments that match the rest;
/// one that was superseded, the course having been assigned again, matches by its serial alone.
/// </summary>
public record AssignmentChoice
{
    /// <summary>The company's name; null for the first company.</summary>
    public string? Company { get; init; }

    /// <summary>Such as <c>ASGC-9O8QZE0T</c>.</summary>
    public string? AssignedCourseSerial { get; init; }

    /// <summary>Such as <c>ID-0001</c>.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>Such as <c>COURSE-7QK2M4XZ</c>.</summary>
    public string? CourseSerial { get; init; }

    internal bool Matches(Assignment one) =>
        (AssignedCourseSerial is null || AssignedCourseSerial == one.AssignedCourseSerial)
        && (EmployeeId is null || EmployeeId == one.Employee.Id)
        && (CourseSerial is null || CourseSerial == one.Course.Serial);
}
