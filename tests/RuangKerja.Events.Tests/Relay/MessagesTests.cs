using System.Text.Json;
using System.Text.Json.Serialization;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using Known = RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Relay;

/// <summary>What goes out for each kind: subscribers bind to the type and read the words, so both are pinned as text.</summary>
public sealed class MessagesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions OnTheWire = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    internal static readonly Known.CourseStatusChanged Stored = new()
    {
        EmployeeId = "ID-1",
        CourseName = "Keselamatan Kerja",
        CourseSerial = "COURSE-1",
        AssignedCourseSerial = "ASGC-1",
        PreviousStatus = Known.CourseStatus.NotStarted,
        Status = Known.CourseStatus.Completed,
        Kind = Known.ChangeKind.Completed,
        Attempt = 2,
        Inferred = true,
        OccurredAt = Noon,
        OccurredAtPrecision = Known.OccurredAtPrecision.Instant,
        DetectedAt = Noon.AddSeconds(10),
        CompletedAt = Noon,
        PreTest = 40,
        PostTest = 87.5,
        TimeSpentSeconds = 1_800,
        Source = Known.ObservationSource.Feed,
    };

    [Theory]
    [InlineData(Known.ChangeKind.Assigned, typeof(CourseAssigned), "assigned")]
    [InlineData(Known.ChangeKind.Started, typeof(CourseStarted), "started")]
    [InlineData(Known.ChangeKind.Completed, typeof(CourseCompleted), "completed")]
    [InlineData(Known.ChangeKind.Failed, typeof(CourseFailed), "failed")]
    [InlineData(Known.ChangeKind.Expired, typeof(CourseExpired), "expired")]
    [InlineData(Known.ChangeKind.Reopened, typeof(CourseReopened), "reopened")]
    [InlineData(Known.ChangeKind.Reset, typeof(CourseReset), "reset")]
    public void Each_kind_is_a_message_of_its_own(Known.ChangeKind kind, Type type, string word)
    {
        var message = From(Stored with { Kind = kind });

        message.ShouldBeOfType(type);
        message.Kind.ShouldBe(word);
    }

    [Theory]
    [InlineData(Known.CourseStatus.NotStarted, "not_started")]
    [InlineData(Known.CourseStatus.InProgress, "in_progress")]
    [InlineData(Known.CourseStatus.Completed, "completed")]
    [InlineData(Known.CourseStatus.Failed, "failed")]
    [InlineData(Known.CourseStatus.Expired, "expired")]
    public void Statuses_are_the_apis_words(Known.CourseStatus status, string word)
    {
        var message = From(Stored with { Status = status, PreviousStatus = status });

        (message.Status, message.PreviousStatus).ShouldBe((word, word));
    }

    [Fact]
    public void Every_member_is_told() =>
        JsonSerializer
            .Serialize<object>(From(Stored), OnTheWire)
            .ShouldBe(
                """{"eventId":"01a20080-6849-711d-a765-9c2ed7688127","sequence":42,"company":"default","assignmentId":"ASGC-1/ID-1/0a1b2c3d","version":3,"employeeId":"ID-1","courseName":"Keselamatan Kerja","courseSerial":"COURSE-1","assignedCourseSerial":"ASGC-1","previousStatus":"not_started","status":"completed","kind":"completed","attempt":2,"inferred":true,"occurredAt":"2026-01-31T05:00:00+00:00","occurredAtPrecision":"instant","detectedAt":"2026-01-31T05:00:10+00:00","completedAt":"2026-01-31T05:00:00+00:00","preTest":40,"postTest":87.5,"timeSpentSeconds":1800,"source":"feed"}"""
            );

    [Fact]
    public void Message_read_back_is_the_message_that_was_sent()
    {
        var sent = From(Stored);

        JsonSerializer
            .Deserialize<CourseCompleted>(JsonSerializer.Serialize<object>(sent, OnTheWire), OnTheWire)
            .ShouldBe(sent);
    }

    private static CourseStatusChanged From(Known.CourseStatusChanged change) =>
        Messages.From(
            Known.Company.Default,
            new PendingEvent(
                42,
                Guid.Parse("01a20080-6849-711d-a765-9c2ed7688127"),
                new Known.AssignmentId("ASGC-1/ID-1/0a1b2c3d"),
                3,
                change
            ),
            change
        );
}
