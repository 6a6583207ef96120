using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>Short ways to rows and snapshots that differ in what a test is about.</summary>
internal static class Rows
{
    public static readonly DateTimeOffset Epoch = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);

    public static readonly DetectionContext Live = new(
        Epoch.AddDays(1),
        BaselineBefore: null,
        SettleDelay: TimeSpan.FromMinutes(2)
    );

    public static readonly DetectionContext Bootstrap = Live with { BaselineBefore = Epoch.AddHours(12) };

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
