using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Life;

/// <summary>A new assignment somebody asks for. What is null is chosen by chance.</summary>
public sealed record AssignmentOrder
{
    /// <summary>The company's name; null for the first company.</summary>
    public string? Company { get; init; }

    /// <summary>Such as <c>ID-0001</c>.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>Such as <c>COURSE-7QK2M4XZ</c>: a course with an online roster.</summary>
    public string? CourseSerial { get; init; }

    internal bool Matches(Employee employee) => EmployeeId is null || EmployeeId == employee.Id;

    internal bool Matches(Course course) => CourseSerial is null || CourseSerial == course.Serial;
}
