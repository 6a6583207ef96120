using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Tests.Detection;

public sealed class RosterStatusesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Rows_of_a_page_that_contradict_each_other_are_all_bad_and_the_others_good()
    {
        var judged = JudgedRows.Judge(
            [Row("A", "completed"), Row("B", "failed"), Row("A", "in_progress"), Row("B", "failed")],
            new CatalogueCourse("COURSE-1", "One"),
            TimeZoneInfo.Utc,
            new RowContext(Noon, Noon, Catalogue.Empty)
        );

        judged.Accepted.Select(row => row.EmployeeId).ShouldBe(["B", "B"]);
        judged.Rejected.Count.ShouldBe(2);
        judged.Rejected.ShouldAllBe(row => row.Reasons.Single().Contains("'A' more than once"));
    }

    [Fact]
    public void Of_two_pages_that_contradict_each_other_the_first_counts()
    {
        var statuses = new RosterStatuses();
        statuses.Agreeing([Row("A", "completed"), Row("B", "failed")]).Count.ShouldBe(2);

        var second = statuses.Agreeing([
            Row("A", "in_progress"),
            Row("B", "failed"),
            Row("C", "failed"),
            Row(null, "failed"),
        ]);

        second.Select(row => row.EmployeeId).ShouldBe(["B", "C", null]);
    }

    [Fact]
    public void Page_that_contradicts_itself_leaves_those_employees_in_doubt_for_all_later_ones()
    {
        var statuses = new RosterStatuses();
        statuses.Agreeing([Row("A", "completed"), Row("A", "in_progress"), Row("B", "failed")]).Count.ShouldBe(3);

        var second = statuses.Agreeing([Row("A", "completed"), Row("A", "in_progress"), Row("B", "failed")]);

        second.Select(row => row.EmployeeId).ShouldBe(["B"]);
    }

    private static RosterRow Row(string? employee, string status) =>
        new(employee, null, null, null, "", status, "{}", []);
}
