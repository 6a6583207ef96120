using System.Globalization;
using System.Text;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Benchmarks.Rows;

/// <summary>Rows as the API gives them: many employees, each with ten of fifty courses.</summary>
internal static class SampleRows
{
    public const int CoursesPerEmployee = 10;
    private const int CourseCount = 50;
    private const int EmployeesPerCourse = 7;

    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));

    public static readonly DateTimeOffset SeenAt = Start.AddDays(30);

    /// <summary>All names lead to serials.</summary>
    public static readonly Catalogue Linked = new(Enumerable.Range(0, CourseCount).Select(Course));

    /// <summary>Every name belongs to two courses.</summary>
    public static readonly Catalogue Ambiguous = new(
        Enumerable.Range(0, CourseCount).SelectMany(i => new[] { Course(i), Course(i) with { Serial = $"TWIN-{i}" } })
    );

    private static readonly string[] Statuses = ["not_started", "in_progress", "completed", "failed", "expired"];

    public static CatalogueCourse Course(int i) =>
        new($"COURSE-{i:X8}", $"[ONLINE] Keselamatan dan Kesehatan Kerja (Bagian {i})");

    /// <summary>The feed's JSON for this many assignments.</summary>
    /// <param name="steps">How often each has changed its status since the first time.</param>
    public static string FeedItem(int i, int steps = 0)
    {
        var status = (i + steps) % Statuses.Length;
        var updatedAt = Instant(Start.AddSeconds((i % 900_000) + (steps * 1_000_000)));
        var completedAt = Statuses[status] == "completed" ? updatedAt : "";
        return $$"""{"assignedCourseSerial":"ASGC-{{i:X8}}","employeeID":"ID-{{i / CoursesPerEmployee}}","courseName":"{{Course(CourseOf(i)).Name}}","completedAt":"{{completedAt}}","updatedAt":"{{updatedAt}}","status":"{{Statuses[status]}}"}""";
    }

    /// <summary>The roster's JSON of the same assignment.</summary>
    public static string RosterItem(int i)
    {
        var status = Statuses[i % Statuses.Length];
        var completedAt = status == "completed" ? $"{Start.AddSeconds(i % 900_000):yyyy-MM-dd}" : "";
        return $$"""{"user":{"serial":"USER-{{i:X8}}","name":"Siti Rahmawati {{i}}","employeeID":"ID-{{i / CoursesPerEmployee}}"},"preTest":{{i % 100}},"postTest":null,"timeSpent":{{i % 3600}},"lastAccessMission":"2026-01-22T01:00:00.000Z","completedAt":"{{completedAt}}","status":"{{status}}"}""";
    }

    /// <summary>A whole answer.</summary>
    public static byte[] Answer(IEnumerable<string> items, string paging = "") =>
        Encoding.UTF8.GetBytes(
            $$$"""{"status":"success","message":"Success","data":{{{{paging}}}"items":[{{{string.Join(',', items)}}}]}}"""
        );

    /// <summary>Judged rows of the feed; strings of their own each time, as they come from an answer.</summary>
    public static IReadOnlyList<Observation> Feed(int count, Catalogue catalogue, int steps = 0)
    {
        var rows = Enumerable.Range(0, count).Select(i => FeedRow.Parse(FeedItem(i, steps))).ToList();
        return Accepted(JudgedRows.Judge(rows, new RowContext(SeenAt, SeenAt, catalogue)), count);
    }

    /// <summary>Judged rows of the rosters of the same assignments.</summary>
    public static IReadOnlyList<Observation> Rosters(int count, Catalogue catalogue) =>
        [
            .. Enumerable
                .Range(0, count)
                .GroupBy(CourseOf)
                .SelectMany(course =>
                {
                    var rows = course.Select(i => RosterRow.Parse(RosterItem(i))).ToList();
                    var context = new RowContext(SeenAt, SeenAt, catalogue);
                    var judged = JudgedRows.Judge(rows, Course(course.Key), TimeZone, context);
                    return Accepted(judged, rows.Count);
                }),
        ];

    public static TimeZoneInfo TimeZone { get; } =
        TimeZoneInfo.CreateCustomTimeZone("UTC+7", TimeSpan.FromHours(7), "UTC+7", "UTC+7");

    /// <summary>What is known once these rows are stored.</summary>
    public static KnownAssignments KnownAfter(IReadOnlyList<Observation> rows, DetectionContext context)
    {
        var changes = ChangeSet.Detect(KnownAssignments.None, rows, context);
        return new KnownAssignments(
            changes.Claims.ToDictionary(claim => claim.Key, claim => claim.Added),
            changes.Assignments.ToDictionary(one => one.AssignmentId, one => one.Snapshot)
        );
    }

    // Ten courses in a row for each employee, beginning anywhere.
    private static int CourseOf(int i) => ((i / CoursesPerEmployee * EmployeesPerCourse) + i) % CourseCount;

    private static IReadOnlyList<Observation> Accepted(JudgedRows judged, int expected) =>
        judged.Accepted.Count == expected
            ? judged.Accepted
            : throw new InvalidOperationException($"{judged.Rejected.Count} sample rows were rejected.");

    private static string Instant(DateTimeOffset instant) =>
        instant.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
