using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>One accepted feed row: what the API showed of one assignment at one time.</summary>
public sealed record FeedObservation(
    AssignmentId AssignmentId,
    string AssignedCourseSerial,
    string EmployeeId,
    string CourseName,
    CourseStatus Status,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? CompletedAt
);

/// <summary>What detection is told beside the rows.</summary>
/// <param name="DetectedAt">When the rows were seen.</param>
/// <param name="Bootstrapping">True until the company's past is read: first sights are then baseline.</param>
public readonly record struct DetectionContext(DateTimeOffset DetectedAt, bool Bootstrapping);
