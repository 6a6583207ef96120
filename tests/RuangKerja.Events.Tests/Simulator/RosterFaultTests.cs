using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class RosterFaultTests : SimulatorTest
{
    private const int PageSize = 3;

    // Half of the employees hold the course, more or less, so that some of the first do not.
    private Course Course => Population.Assignments.GroupBy(one => one.Course).MaxBy(held => held.Count())!.Key;

    private List<string> Holders =>
        [.. Population.Assignments.Where(one => one.Course == Course).Select(one => one.Employee.Id).Order()];

    [Fact]
    public async Task InsertBeforeAPage_ShowsAnItemTwiceAndMovesTheTotal()
    {
        var (serial, before) = (Course.Serial, Holders);
        Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Insert });
        var seq = Simulator.Ledger.LastSeq;

        var first = await Page(serial, 1);
        var second = await Page(serial, 2);
        var third = await Page(serial, 3);

        first.Total.ShouldBe(before.Count);
        (second.Total, third.Total).ShouldBe((before.Count + 1, before.Count + 1));
        second.Ids[0].ShouldBe(first.Ids[^1]);
        third.Ids[0].ShouldBe(before[5]);
        Simulator.Ledger.After(seq).ShouldHaveSingleItem().CourseSerial.ShouldBe(serial);
    }

    [Fact]
    public async Task RemovalBeforeAPage_SkipsAnItemAndMovesTheTotal()
    {
        var (serial, before) = (Course.Serial, Holders);
        Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Remove });

        var first = await Page(serial, 1);
        var second = await Page(serial, 2);

        second.Total.ShouldBe(first.Total - 1);
        second.Ids[0].ShouldBe(before[4]);
        Simulator.World.Removals.ShouldHaveSingleItem().EmployeeId.ShouldBe(before[0]);
    }

    [Fact]
    public async Task Overlap_BeginsWithTheLastItemOfThePageBeforeAndNobodyMoves()
    {
        var (serial, before) = (Course.Serial, Holders);
        Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Overlap, Count = 2 });

        var pages = new[]
        {
            await Page(serial, 1),
            await Page(serial, 2),
            await Page(serial, 3),
            await Page(serial, 2),
        };

        pages.Select(page => page.Total).Distinct().ShouldBe([before.Count]);
        pages[0].Ids.ShouldBe(before[..3]);
        pages[1].Ids.ShouldBe(before[2..5]);
        pages[2].Ids.ShouldBe(before[5..8]);
        pages[3].Ids.ShouldBe(before[3..6]);
        Simulator.Faults.Drifts.ShouldBeEmpty();
    }

    [Fact]
    public async Task DriftOfOneCourse_LeavesTheOthersAlone()
    {
        var other = Population.Courses.First(one => one != Course && one.Roster == OnlineRoster.Present).Serial;
        Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Remove, CourseSerial = Course.Serial });

        var total = (await Page(other, 1)).Total;
        (await Page(other, 2)).Total.ShouldBe(total);
        Simulator.Faults.Drifts.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task InsertWhereEverybodyHoldsTheCourse_IsSomebodyWhoJoins()
    {
        await StartAnew(Small with { AssignmentsPerEmployee = 6 });
        Simulator.Faults.Drift(new RosterDrift { Kind = RosterDriftKind.Insert });
        var serial = Population.Courses[0].Serial;

        (await Page(serial, 1)).Total.ShouldBe(20);
        (await Page(serial, 2)).Total.ShouldBe(21);
        Population.Employees.Count.ShouldBe(21);
    }

    [Fact]
    public async Task RosterLag_ShowsTheRosterAsItStoodBefore()
    {
        Simulator.Faults.RosterLag = TimeSpan.FromMinutes(10);
        var moved = Simulator.Transition(UpstreamStatus.Completed);
        var assigned = Simulator.Assign();

        (await Statuses(moved.CourseSerial))[moved.EmployeeId].ShouldBe(moved.From!.Value.Word());
        (await Statuses(assigned.CourseSerial)).ShouldNotContainKey(assigned.EmployeeId);
        (await Feed(moved.At, moved.At)).Items.Count.ShouldBe(2);
        Clock.Advance(TimeSpan.FromMinutes(10));

        (await Statuses(moved.CourseSerial))[moved.EmployeeId].ShouldBe("completed");
        (await Statuses(assigned.CourseSerial))[assigned.EmployeeId].ShouldBe("not_started");
    }

    [Fact]
    public async Task RosterRow_StandsOnTheLastPageAndCounts()
    {
        const string row = """{"user":7,"status":"asleep"}""";
        var holders = Holders.Count;
        Simulator.Faults.AddRosterRow(row);
        var path = RosterPath(Course.Serial, 1, holders);

        var first = await Data(path);
        var last = await Data(RosterPath(Course.Serial, 2, holders));

        first.Items.Count.ShouldBe(holders);
        first.Body.ShouldNotContain(row);
        last.Body.ShouldContain($"\"items\":[{row}]");
        last.Data.GetProperty("totalItems").GetInt32().ShouldBe(holders + 1);
        last.Data.GetProperty("totalPage").GetInt32().ShouldBe(2);
        Simulator.Faults.RemoveRosterRows();
        (await Data(path)).Data.GetProperty("totalItems").GetInt32().ShouldBe(holders);
    }

    [Fact]
    public async Task RosterRowOfOneCourse_StandsInNoOtherRoster()
    {
        var others = Population.Courses.Where(one => one != Course && one.Roster != OnlineRoster.Refused);
        Simulator.Faults.AddRosterRow("""{"status":"asleep"}""", Course.Serial);

        (await Data(RosterPath(Course.Serial))).Body.ShouldContain("asleep");
        foreach (var other in others)
            (await Data(RosterPath(other.Serial))).Body.ShouldNotContain("asleep");
    }

    private async Task<(List<string> Ids, int Total)> Page(string serial, int page)
    {
        var reply = await Data(RosterPath(serial, page, PageSize));
        return (
            [.. reply.Items.Select(item => item.GetProperty("user").GetProperty("employeeID").GetString()!)],
            reply.Data.GetProperty("totalItems").GetInt32()
        );
    }

    private async Task<Dictionary<string, string>> Statuses(string serial) =>
        (await Data(RosterPath(serial))).Items.ToDictionary(
            item => item.GetProperty("user").GetProperty("employeeID").GetString()!,
            item => item.GetProperty("status").GetString()!
        );
}
