using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Service.Commands.History;

/// <summary>How stored events read. Pure.</summary>
internal static class EventLines
{
    /// <summary>One event in one line.</summary>
    public static string Line(StoredEvent stored, OutputFormat output) =>
        output == OutputFormat.Json
            ? JsonSerializer.Serialize(EventEntries.Entry(stored), ApiJson.Options)
            : Text(stored);

    /// <summary>A status in its own word.</summary>
    public static string Word(CourseStatus status) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{status}");

    /// <summary>A kind in its own word.</summary>
    public static string Word(ChangeKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{kind}");

    /// <summary>From which status to which.</summary>
    public static string Step(CourseStatusChanged change) =>
        $"{(change.PreviousStatus is { } previous ? Word(previous) : "none")} > {Word(change.Status)}";

    /// <summary>An instant, to the millisecond, in UTC.</summary>
    public static string Time(DateTimeOffset instant) => $"{instant.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff}Z";

    private static string Text(StoredEvent stored)
    {
        var head = $"{stored.Sequence} {Time(stored.RecordedAt)} {stored.Company}";
        return stored.Change is { } change
            ? $"{head} {Word(change.Kind)} {Step(change)} employee {change.EmployeeId}, course '{change.CourseName}', "
                + $"assignment {stored.AssignmentId} v{stored.Version}, happened {Time(change.OccurredAt)}"
                + $"{(change.Inferred ? ", inferred" : "")}{(change.Baseline ? ", baseline" : "")}"
            : $"{head} assignment {stored.AssignmentId} v{stored.Version} cannot be read: {stored.Unreadable}";
    }
}
