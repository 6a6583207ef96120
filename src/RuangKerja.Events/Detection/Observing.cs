using System.Diagnostics;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>Reads rows that their validator has passed.</summary>
internal static class Observing
{
    public static FeedObservation Read(FeedRow row, CourseReference course, DateTimeOffset seenAt)
    {
        if (!Rfc3339.TryParse(row.UpdatedAt, out var updatedAt))
            throw PassedAndUnreadable();

        return new FeedObservation(
            row.AssignedCourseSerial!,
            row.EmployeeId!,
            course,
            StatusOf(row.Status),
            updatedAt,
            Rfc3339.TryParse(row.CompletedAt, out var completedAt) ? completedAt : null,
            seenAt
        );
    }

    public static RosterObservation Read(
        RosterRow row,
        CourseReference course,
        TimeZoneInfo timeZone,
        DateTimeOffset seenAt
    ) =>
        new(
            row.EmployeeId!,
            course,
            StatusOf(row.Status),
            RowRules.TryDay(row.CompletedAt, out var day) ? StartOf(day, timeZone) : null,
            row.PreTest,
            row.PostTest,
            row.TimeSpentSeconds,
            seenAt
        );

    /// <summary>Midnight; where the clocks skip it, the first instant of the day after them.</summary>
    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo timeZone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (timeZone.IsInvalidTime(midnight))
            midnight = midnight.AddMinutes(30);
        return new DateTimeOffset(midnight, timeZone.GetUtcOffset(midnight));
    }

    private static CourseStatus StatusOf(string? word) =>
        CourseStatusWords.TryParse(word, out var status) ? status : throw PassedAndUnreadable();

    private static UnreachableException PassedAndUnreadable() => new("The validator passed a row that cannot be read.");
}
