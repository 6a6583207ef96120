using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>One completion as each of the two sources tells it.</summary>
internal static class BothSources
{
    public static readonly CatalogueCourse Course = new("COURSE-1", "[ONLINE] Keselamatan Kerja");
    public static readonly Catalogue Courses = new([Course]);

    private static readonly DateTimeOffset At = StoreFixture.Start.AddMinutes(1);

    public static FeedObservation Feed(int employee, Catalogue? catalogue = null, string serial = "ASGC-1") =>
        new(
            serial,
            $"ID-{employee}",
            (catalogue ?? Courses).Named(Course.Name),
            CourseStatus.Completed,
            UpdatedAt: At,
            CompletedAt: At,
            SeenAt: At.AddMinutes(5)
        );

    public static RosterObservation Roster(int employee, Catalogue? catalogue = null) =>
        new(
            $"ID-{employee}",
            (catalogue ?? Courses).Rostered(Course),
            CourseStatus.Completed,
            CompletedAt: new DateTimeOffset(At.UtcDateTime.Date, TimeSpan.Zero),
            PreTest: 40,
            PostTest: 90,
            TimeSpentSeconds: 600,
            SeenAt: At.AddMinutes(5)
        );
}
