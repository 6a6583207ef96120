using System.Text.Json;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class RosterTests : SimulatorTest
{
    [Fact]
    public async Task Rosters_ShowWhoHoldsWhatAsItStands()
    {
        foreach (var course in Population.Courses.Where(course => course.Roster == OnlineRoster.Present))
        {
            var holders = Population.Assignments.Where(one => one.Course == course);
            (await Data(RosterPath(course.Serial)))
                .Items.Select(item => (User(item, "employeeID"), item.GetProperty("status").GetString()))
                .ShouldBe(holders.Select(one => (one.Employee.Id, (string?)one.Status.Word())), ignoreOrder: true);
        }
    }

    [Fact]
    public async Task Completion_IsABareDateOfTheCompanysDay()
    {
        // 18:30 UTC is half past one the next morning in the company's zone.
        Clock.Advance(TimeSpan.FromHours(16.5));
        var entry = Simulator.Transition(UpstreamStatus.Completed);

        var item = await ItemOf(entry.CourseSerial, entry.EmployeeId);

        item.GetProperty("completedAt").GetString().ShouldBe("2026-01-06");
        item.GetProperty("lastAccessMission").GetString().ShouldBe("2026-01-05T18:30:00.000Z");
        item.GetProperty("postTest").GetDouble().ShouldBeInRange(70, 100);
        item.GetProperty("timeSpent").TryGetInt32(out _).ShouldBeTrue();
        User(item, "serial").ShouldStartWith("USER-");
        User(item, "name").ShouldStartWith("Karyawan ");
    }

    [Fact]
    public async Task NewAssignment_HasNothingButItsHolder()
    {
        var entry = Simulator.Assign();

        var item = await ItemOf(entry.CourseSerial, entry.EmployeeId);

        item.GetProperty("status").GetString().ShouldBe("not_started");
        item.GetProperty("completedAt").GetString().ShouldBe("");
        item.GetProperty("lastAccessMission").GetString().ShouldBe("");
        item.GetProperty("preTest").ValueKind.ShouldBe(JsonValueKind.Null);
        item.GetProperty("postTest").ValueKind.ShouldBe(JsonValueKind.Null);
        item.GetProperty("timeSpent").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task NewAssignmentOfAnEarlyEmployee_ShiftsThePages()
    {
        var course = Population.Courses.First(course => HoldersOf(course).All(id => id != "ID-0001"));
        var before = (await Data(RosterPath(course.Serial, 1, 2))).Items;
        Simulator.Assign(new AssignmentOrder { EmployeeId = "ID-0001", CourseSerial = course.Serial });

        var second = (await Data(RosterPath(course.Serial, 2, 2))).Items;

        User(second[0], "employeeID").ShouldBe(User(before[1], "employeeID"));
    }

    [Fact]
    public async Task UnknownCourse_IsNotFound()
    {
        var reply = await Data(RosterPath("COURSE-NONE0000"));

        reply.Status.ShouldBe(404);
        reply.Json.GetProperty("message").GetString()!.ShouldContain("code = NotFound");
    }

    private IEnumerable<string> HoldersOf(Course course) =>
        Population.Assignments.Where(one => one.Course == course).Select(one => one.Employee.Id);

    private async Task<JsonElement> ItemOf(string courseSerial, string employeeId) =>
        (await Data(RosterPath(courseSerial))).Items.Single(item => User(item, "employeeID") == employeeId);

    private static string User(JsonElement item, string name) =>
        item.GetProperty("user").GetProperty(name).GetString()!;
}
