using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Ledger;

/// <summary>One thing that truly happened, whether or not anybody polled in time to see it.</summary>
/// <param name="Seq">1, 2, 3 … over all companies, without gaps.</param>
/// <param name="At">Whole seconds; equals the row's <c>updatedAt</c> from then on.</param>
/// <param name="Company">The company's name.</param>
/// <param name="EmployeeId">Such as <c>ID-0001</c>.</param>
/// <param name="CourseSerial">Such as <c>COURSE-7QK2M4XZ</c>.</param>
/// <param name="CourseName">As the feed shows it.</param>
/// <param name="AssignedCourseSerial">Such as <c>ASGC-9O8QZE0T</c>.</param>
/// <param name="From">The status before; null for a new assignment and for initial entries.</param>
/// <param name="To">The status after.</param>
/// <param name="Initial">Whether this is a state the population began with, not a change that was lived.</param>
public sealed record LedgerEntry(
    long Seq,
    DateTimeOffset At,
    string Company,
    string EmployeeId,
    string CourseSerial,
    string CourseName,
    string AssignedCourseSerial,
    UpstreamStatus? From,
    UpstreamStatus To,
    bool Initial
);
