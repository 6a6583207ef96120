using System.Text.Json;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class TouchTests : SimulatorTest
{
    [Theory]
    [InlineData(UpstreamStatus.InProgress)]
    [InlineData(UpstreamStatus.Completed)]
    [InlineData(UpstreamStatus.Failed)]
    public async Task TouchedAssignment_MovesInTimeAndWorkAndKeepsItsStatus(UpstreamStatus status)
    {
        var entry = Simulator.Transition(status);
        var before = await RosterItem(entry.CourseSerial, entry.EmployeeId);
        Clock.Advance(TimeSpan.FromSeconds(5));

        var touched = Simulator.Touch(new() { EmployeeId = entry.EmployeeId, CourseSerial = entry.CourseSerial });

        touched.At.ShouldBe(entry.At.AddSeconds(5));
        var row = (await Feed(touched.At, touched.At)).Items.ShouldHaveSingleItem();
        (Text(row, "employeeID"), Text(row, "courseName"), Text(row, "status")).ShouldBe(
            (entry.EmployeeId, entry.CourseName, status.Word())
        );
        var after = await RosterItem(entry.CourseSerial, entry.EmployeeId);
        after.GetProperty("timeSpent").GetInt32().ShouldBeGreaterThan(before.GetProperty("timeSpent").GetInt32());
        Text(after, "completedAt").ShouldBe(Text(before, "completedAt"));
        Text(after, "status").ShouldBe(status.Word());
        Simulator.Ledger.LastSeq.ShouldBe(entry.Seq);
    }

    [Theory]
    [InlineData(UpstreamStatus.NotStarted)]
    [InlineData(UpstreamStatus.Expired)]
    public async Task TouchWhereNoWorkShows_MovesUpdatedAtAlone(UpstreamStatus status)
    {
        var entry = Simulator.Transition(status);
        var before = await RosterItem(entry.CourseSerial, entry.EmployeeId);
        Clock.Advance(TimeSpan.FromSeconds(5));

        var touched = Simulator.Touch(new() { EmployeeId = entry.EmployeeId, CourseSerial = entry.CourseSerial });

        (await Feed(touched.At, touched.At)).Items.Count.ShouldBe(1);
        (await RosterItem(entry.CourseSerial, entry.EmployeeId)).ToString().ShouldBe(before.ToString());
    }

    [Fact]
    public async Task TouchOverHttp_TakesOneInProgressFirst()
    {
        var touched = await Post("/simulator/touches", "{}");

        touched.Json.GetProperty("status").GetString().ShouldBe("in_progress");
        touched.Json.GetProperty("at").GetDateTimeOffset().ShouldBe(Clock.GetUtcNow());
        (await Post("/simulator/touches", """{"employeeId":"ID-9999"}""")).Status.ShouldBe(404);
    }

    [Fact]
    public void TouchShare_IsWithheldFromTheLedger()
    {
        var start = Clock.GetUtcNow();
        var options = new SimulatorOptions
        {
            NewAssignmentShare = 0.5,
            TransitionsPerMinute = 600,
            TouchShare = 0.75,
        };
        var world = new World(options, start);
        var seen = world.Company().Population.Assignments;

        var told = world.AdvanceTo(start.AddMinutes(1));

        told.Count.ShouldBeInRange(100, 200);
        var entered = told.Select(entry => (entry.AssignedCourseSerial, entry.EmployeeId, entry.CourseSerial))
            .ToHashSet();
        world
            .Company()
            .Population.Assignments.Except(seen)
            .Count(one => !entered.Contains((one.AssignedCourseSerial, one.Employee.Id, one.Course.Serial)))
            .ShouldBeGreaterThan(50);
    }

    private async Task<JsonElement> RosterItem(string courseSerial, string employeeId) =>
        (await Data(RosterPath(courseSerial))).Items.Single(item =>
            Text(item.GetProperty("user"), "employeeID") == employeeId
        );

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
