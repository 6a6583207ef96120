using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Ledger;

/// <summary>An assignment as something left it that is no transition, so that the ledger does not tell of it.</summary>
/// <param name="At">When it happened, in whole seconds.</param>
/// <param name="Company">The company's name.</param>
/// <param name="EmployeeId">Such as <c>ID-0001</c>.</param>
/// <param name="CourseSerial">Such as <c>COURSE-7QK2M4XZ</c>.</param>
/// <param name="CourseName">As the feed shows it, or showed it last.</param>
/// <param name="AssignedCourseSerial">Such as <c>ASGC-9O8QZE0T</c>.</param>
/// <param name="Status">The status it has, or had last.</param>
public sealed record AssignmentState(
    DateTimeOffset At,
    string Company,
    string EmployeeId,
    string CourseSerial,
    string CourseName,
    string AssignedCourseSerial,
    UpstreamStatus Status
)
{
    internal static AssignmentState Of(string company, Assignment one, DateTimeOffset at) =>
        new(at, company, one.Employee.Id, one.Course.Serial, one.Course.Name, one.AssignedCourseSerial, one.Status);
}
