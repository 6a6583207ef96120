using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>Short ways to rows and snapshots that differ in what a test is about.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);

    public static readonly DetectionContext Live = new(
        Epoch.AddDays(1),
        Baseline: default,
        SettleDelay: TimeSpan.FromMinutes(2)
    );

    /// <summary>The first of them is the course of every row here.</summary>
    public static readonly Catalogue TwoCourses = new([
        new("COURSE-1", "Keselamatan Kerja"),
        new("COURSE-2", "Etika Bisnis"),
    ]);

    public static readonly DetectionContext Bootstrap = Live with { Baseline = new(Epoch.AddHours(12), Undated: true) };

    public static FeedObservation Row(
        CourseStatus status,
        int second = 0,
        int employee = 1,
        DateTimeOffset? completedAt = null,
        string courseName = "Keselamatan Kerja"
    ) =>
        new(
            "ASGC-1",
            $"ID-{employee}",
            Catalogue.Empty.Named(courseName),
            status,
            Epoch.AddSeconds(second),
            completedAt,
            SeenAt: Epoch.AddHours(23)
        );

    /// <summary>A row whose course the catalogue knows.</summary>
    public static FeedObservation Linked(
        CourseStatus status,
        int second = 0,
        int employee = 1,
        DateTimeOffset? completedAt = null,
        string serial = "ASGC-1"
    ) =>
        Row(status, second, employee, completedAt) with
        {
            AssignedCourseSerial = serial,
            Course = TwoCourses.Named("Keselamatan Kerja"),
        };

    /// <summary>A row of the course's roster, asked for at the given second.</summary>
    public static RosterObservation Rostered(
        CourseStatus status,
        int second = 0,
        int employee = 1,
        DateTimeOffset? day = null
    ) =>
        new(
            $"ID-{employee}",
            TwoCourses.Rostered(TwoCourses.Courses[0]),
            status,
            day,
            PreTest: null,
            PostTest: null,
            TimeSpentSeconds: null,
            SeenAt: Epoch.AddSeconds(second)
        );

    /// <summary>A store's answer that holds this one assignment, under the name of its course.</summary>
    public static KnownAssignments Store(CourseStatusSnapshot snapshot)
    {
        var id = new AssignmentId(snapshot.Id);
        var key = AssignmentKey.ByName(snapshot.EmployeeId, AssignmentId.NormaliseCourseName(snapshot.CourseName));
        return new KnownAssignments(
            new Dictionary<AssignmentKey, IReadOnlyList<AssignmentId>> { [key] = [id] },
            new Dictionary<AssignmentId, CourseStatusSnapshot> { [id] = snapshot }
        );
    }

    /// <summary>What is known after these rows.</summary>
    public static CourseStatusSnapshot Known(params FeedObservation[] rows) => Known(Live, rows);

    public static CourseStatusSnapshot Known(DetectionContext context, params FeedObservation[] rows)
    {
        CourseStatusSnapshot? known = null;
        foreach (var row in rows)
            known = Detector.Detect(known, row, context).Snapshot ?? known;
        return known!;
    }
}
