using System.Text.Json;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Courses;

/// <summary>The stored JSON is a contract with every Marten application that opens the database: pinned as text.</summary>
public sealed class CoursesJsonTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Event_is_camel_case_with_snake_case_words_and_without_nulls()
    {
        var change = new CourseStatusChanged
        {
            EmployeeId = "ID-1",
            CourseName = "Keselamatan Kerja",
            PreviousStatus = CourseStatus.InProgress,
            Status = CourseStatus.Completed,
            Kind = ChangeKind.Completed,
            Attempt = 1,
            Inferred = false,
            OccurredAt = Noon,
            OccurredAtPrecision = OccurredAtPrecision.Instant,
            DetectedAt = Noon,
            Source = ObservationSource.Feed,
        };

        JsonSerializer
            .Serialize(change, CoursesJson.Options)
            .ShouldBe(
                """{"employeeId":"ID-1","courseName":"Keselamatan Kerja","previousStatus":"in_progress","status":"completed","kind":"completed","attempt":1,"inferred":false,"baseline":false,"occurredAt":"2026-01-31T05:00:00+00:00","occurredAtPrecision":"instant","detectedAt":"2026-01-31T05:00:00+00:00","source":"feed"}"""
            );
    }

    [Fact]
    public void Snapshot_is_camel_case_with_snake_case_words_and_without_nulls()
    {
        var snapshot = new CourseStatusSnapshot
        {
            Id = "A/E/0",
            EmployeeId = "E",
            CourseName = "N",
            AssignedCourseSerial = "A",
            Status = CourseStatus.NotStarted,
            Version = 1,
            Attempt = 1,
            OccurredAt = Noon,
            DetectedAt = Noon,
            FeedUpdatedAt = Noon,
            PostTest = 87.5,
            Source = ObservationSource.Feed,
        };

        JsonSerializer
            .Serialize(snapshot, CoursesJson.Options)
            .ShouldBe(
                """{"id":"A/E/0","employeeId":"E","courseName":"N","assignedCourseSerial":"A","status":"not_started","version":1,"attempt":1,"occurredAt":"2026-01-31T05:00:00+00:00","detectedAt":"2026-01-31T05:00:00+00:00","feedUpdatedAt":"2026-01-31T05:00:00+00:00","postTest":87.5,"source":"feed"}"""
            );
    }
}
