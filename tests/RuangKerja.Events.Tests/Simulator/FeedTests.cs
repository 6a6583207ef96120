using System.Globalization;
using System.Text.Json;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class FeedTests : SimulatorTest
{
    private const string Good = "2026-01-01T00:00:00%2B07:00";

    [Fact]
    public async Task WideWindow_ShowsEveryAssignmentAsItStands()
    {
        var rows = (await Feed()).Items;

        rows.Select(RowText).ShouldBe(Population.Assignments.Select(Expected), ignoreOrder: true);
        rows.Count.ShouldBe(60);
    }

    [Fact]
    public async Task Answer_HasNoPageNumbers() =>
        (await Feed()).Data.EnumerateObject().Select(member => member.Name).ShouldBe(["items"]);

    [Fact]
    public async Task Window_IncludesBothEnds()
    {
        var at = Simulator.Transition(UpstreamStatus.Completed).At;
        var second = TimeSpan.FromSeconds(1);
        Clock.Advance(second);

        (await Feed(at, at)).Items.Count.ShouldBe(1);
        (await Feed(at - second, at)).Items.Count.ShouldBe(1);
        (await Feed(at, at + second)).Items.Count.ShouldBe(1);
        (await Feed(at.AddTicks(1), at + second)).Items.ShouldBeEmpty();
        (await Feed(at - second, at.AddTicks(-1))).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(WindowEnds.Inclusive, true, true, true)]
    [InlineData(WindowEnds.Exclusive, false, false, false)]
    [InlineData(WindowEnds.StartOnly, true, false, false)]
    [InlineData(WindowEnds.EndOnly, false, true, false)]
    public async Task WindowEnds_SayWhichEndsBelongToTheWindow(WindowEnds ends, bool start, bool end, bool moment)
    {
        await StartAnew(Small with { WindowEnds = ends });
        var at = Simulator.Transition(UpstreamStatus.Completed).At;
        var second = TimeSpan.FromSeconds(1);

        (await Feed(at - second, at + second)).Items.Count.ShouldBe(1);
        (await Feed(at, at + second)).Items.Count.ShouldBe(start ? 1 : 0);
        (await Feed(at - second, at)).Items.Count.ShouldBe(end ? 1 : 0);
        (await Feed(at, at)).Items.Count.ShouldBe(moment ? 1 : 0);
    }

    [Fact]
    public async Task Transition_ShowsInTheVeryNextAnswer()
    {
        Clock.Advance(TimeSpan.FromMilliseconds(1_500));
        var entry = Simulator.Transition(UpstreamStatus.Failed);

        var row = (await Feed(entry.At, entry.At)).Items.ShouldHaveSingleItem();
        row.GetProperty("status").GetString().ShouldBe("failed");
        row.GetProperty("updatedAt").GetString().ShouldBe("2026-01-05T09:00:01+07:00");
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00%2B07:00")]
    [InlineData("2026-01-01T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00.123456-05:30")]
    public async Task DateTimeWithOffset_IsAccepted(string start) =>
        (await Data(FeedPath(start, "2026-02-01T00:00:00Z"))).Status.ShouldBe(200);

    [Fact]
    public async Task RawPlus_IsRefusedAndSaysWhy() =>
        (await Data(FeedPath("2026-01-01T00:00:00+07:00", Good))).ShouldBeBadRequest("send it as %2B");

    [Theory]
    [InlineData("2026-01-01T00:00:00")]
    [InlineData("2026-01-01")]
    [InlineData("2026-01-01T00:00:00%2B0700")]
    [InlineData("2026-01-01%2000:00:00Z")]
    [InlineData("2026-02-30T00:00:00Z")]
    [InlineData("1767225600")]
    public async Task AnythingButRfc3339WithOffset_IsRefused(string start) =>
        (await Data(FeedPath(start, Good))).ShouldBeBadRequest("startTimestamp is not an RFC 3339 date-time");

    [Theory]
    [InlineData("", "startTimestamp is required")]
    [InlineData("?startTimestamp=" + Good, "endTimestamp is required")]
    [InlineData("?endTimestamp=" + Good, "startTimestamp is required")]
    [InlineData("?starttimestamp=" + Good + "&endtimestamp=" + Good, "startTimestamp is required")]
    public async Task MissingTimestamp_IsRefused(string query, string detail) =>
        (await Data("/ruangkerja/dashboard/user-course-status" + query)).ShouldBeBadRequest(detail);

    [Fact]
    public async Task StartAfterEnd_IsRefused() =>
        (await Feed(Clock.GetUtcNow(), Clock.GetUtcNow().AddSeconds(-1))).ShouldBeBadRequest("after endTimestamp");

    [Fact]
    public async Task CompletedAt_IsTheInstantOrElseEmptyOrLeftOut()
    {
        var rows = (await Feed()).Items.ToLookup(row => Text(row, "status") == "completed");

        foreach (var row in rows[true])
            Text(row, "completedAt").ShouldBe(Text(row, "updatedAt"));
        rows[false]
            .Select(row => row.TryGetProperty("completedAt", out var at) ? at.GetString() : null)
            .Distinct()
            .ShouldBe([null, ""], ignoreOrder: true);
    }

    [Fact]
    public async Task OneAssignedCourseSerial_HoldsSeveralCoursesOfOneEmployee()
    {
        var rows = (await Feed()).Items;

        rows.GroupBy(row => (Text(row, "assignedCourseSerial"), Text(row, "employeeID")))
            .ShouldContain(held => held.Select(row => Text(row, "courseName")).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Retake_TakesTheCompletionBack()
    {
        var completed = Simulator.Transition(UpstreamStatus.Completed);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var retaken = Simulator.Transition(
            new TransitionOrder
            {
                EmployeeId = completed.EmployeeId,
                CourseSerial = completed.CourseSerial,
                To = UpstreamStatus.InProgress,
            }
        );

        var row = (await Feed(retaken.At, retaken.At)).Items.ShouldHaveSingleItem();
        (row.TryGetProperty("completedAt", out var at) ? at.GetString() : "").ShouldBe("");
    }

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;

    private static string RowText(JsonElement row) =>
        string.Join(
            '|',
            "assignedCourseSerial employeeID courseName updatedAt status".Split(' ').Select(n => Text(row, n))
        );

    private static string Expected(Assignment one) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{one.AssignedCourseSerial}|{one.Employee.Id}|{one.Course.Name}|{one.UpdatedAt:yyyy-MM-dd'T'HH:mm:ss}+07:00|{one.Status.Word()}"
        );
}
