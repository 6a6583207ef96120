using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Polling;

public sealed class RetriedRowsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly CatalogueCourse First = new("COURSE-1", "One");
    private static readonly CatalogueCourse Second = new("COURSE-2", "Two");

    [Fact]
    public void RowsOfOneRosterThatContradictEachOther_StayWhenTheyAreTriedTogether()
    {
        var judged = Judge(
            Row(1, First, "A", "in_progress"),
            Row(2, First, "A", "completed"),
            Row(3, First, "B", "failed")
        );

        judged.Select(one => one.Verdict.Accepted.Count).ShouldBe([0, 0, 1]);
        judged[0].Verdict.Rejected.Single().Reasons.Single().ShouldContain("'A' more than once");
    }

    /// <summary>What an earlier sweep put there is of the same doubt.</summary>
    [Fact]
    public void RowsThatContradictEachOther_StayThoughTheyWereNotSeenAtOnce() =>
        Judge(Row(1, First, "A", "in_progress"), Row(2, First, "A", "completed") with { LastSeenAt = Noon.AddDays(-1) })
            .ShouldAllBe(one => one.Verdict.Accepted.Count == 0);

    [Fact]
    public void RowThatIsChosenAlone_Passes() =>
        Judge(Row(2, First, "A", "completed")).ShouldHaveSingleItem().Verdict.Accepted.Count.ShouldBe(1);

    [Fact]
    public void RowsOfTwoCoursesOrOfOneWord_DoNotContradictEachOther() =>
        Judge(Row(1, First, "A", "failed"), Row(2, Second, "A", "completed"), Row(3, First, "A", "failed"))
            .ShouldAllBe(one => one.Verdict.Rejected.Count == 0);

    [Fact]
    public void EachRow_IsJudgedAsWhenItWasSeenLast()
    {
        var seen = Noon.AddHours(-3);

        var judged = Judge(Row(1, First, "A", "failed"), Row(2, First, "B", "failed") with { LastSeenAt = seen });

        judged.Select(one => one.Verdict.Accepted.Single().SeenAt).ShouldBe([Noon, seen]);
    }

    private static IReadOnlyList<(QuarantinedRow Row, JudgedRows Verdict)> Judge(params QuarantinedRow[] rows) =>
        RetriedRows.Judge(rows, Catalogue.Empty, TimeZoneInfo.Utc, Noon);

    private static QuarantinedRow Row(long id, CatalogueCourse course, string employee, string status) =>
        new(
            id,
            $$"""{"user":{"employeeID":"{{employee}}"},"completedAt":"","status":"{{status}}"}""",
            ["bad"],
            Noon,
            Noon,
            TimesSeen: 1
        )
        {
            RosterOf = course,
        };
}
