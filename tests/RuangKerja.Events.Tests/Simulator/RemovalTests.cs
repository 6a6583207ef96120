using RuangKerja.Simulator;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class RemovalTests : SimulatorTest
{
    [Fact]
    public async Task RemovedEmployee_IsGoneFromFeedAndRosterAndTheLedgerIsSilent()
    {
        var course = Population.Assignments[0].Course;
        var before = await Data(RosterPath(course.Serial));
        var seq = Simulator.Ledger.LastSeq;

        var removed = Simulator.Remove(new AssignmentChoice { CourseSerial = course.Serial });

        var roster = await Data(RosterPath(course.Serial));
        roster.Items.Count.ShouldBe(before.Items.Count - 1);
        roster.Data.GetProperty("totalItems").GetInt32().ShouldBe(before.Items.Count - 1);
        roster.Body.ShouldNotContain($"\"{removed.EmployeeId}\"");
        (await Feed()).Items.Count.ShouldBe(59);
        Simulator.Ledger.LastSeq.ShouldBe(seq);
        Simulator.World.Removals.ShouldHaveSingleItem().ShouldBe(removed);
    }

    [Fact]
    public async Task CourseAssignedAgainAfterARemoval_IsAnotherAssignment()
    {
        // The first employee's courses share one serial.
        var course = Population.Assignments.First(one => one.Employee.Id == "ID-0001").Course;
        var removed = Simulator.Remove(new() { EmployeeId = "ID-0001", CourseSerial = course.Serial });
        var again = Simulator.Assign(new() { EmployeeId = "ID-0001", CourseSerial = course.Serial });

        again.AssignedCourseSerial.ShouldNotBe(removed.AssignedCourseSerial);
        (await Feed()).Items.Count.ShouldBe(60);
        (await Data(RosterPath(course.Serial))).Body.ShouldContain("\"ID-0001\"");
    }

    [Fact]
    public async Task EverythingRemoved_LeavesEmptyAnswersAndALifeThatGoesOn()
    {
        for (var i = 0; i < 60; i++)
            Simulator.Remove();

        Should.Throw<OrderRefusedException>(() => Simulator.Remove()).Refusal.ShouldBe(OrderRefusal.NoMatch);
        (await Feed()).Items.ShouldBeEmpty();
        foreach (var course in Population.Courses.Where(course => course.Roster == OnlineRoster.Present))
            (await Data(RosterPath(course.Serial))).Items.ShouldBeEmpty();

        Simulator.Resume();
        Clock.Advance(TimeSpan.FromMinutes(5));
        (await Feed()).Items.ShouldNotBeEmpty();
    }

    [Fact]
    public void LifeAfterRemovals_LeavesNobodyBehind()
    {
        // Everybody holds everything: who is taken off a course must count as somebody who lacks one.
        var start = Clock.GetUtcNow();
        var full = new World(Small with { Alive = true, AssignmentsPerEmployee = 6, NewAssignmentShare = 1 }, start);
        full.Remove(new AssignmentChoice { EmployeeId = "ID-0007" }, start);

        var next = full.AdvanceTo(start.AddSeconds(2))[0];

        (next.EmployeeId, next.From).ShouldBe(("ID-0007", null));
    }

    [Fact]
    public async Task RemovalOverHttp_IsAnsweredAndListed()
    {
        var removed = await Post("/simulator/removals", """{"employeeId":"ID-0004"}""");

        removed.Json.GetProperty("employeeId").GetString().ShouldBe("ID-0004");
        removed.Json.GetProperty("at").GetDateTimeOffset().ShouldBe(Clock.GetUtcNow());
        (await Send(HttpMethod.Get, "/simulator/removals")).Body.ShouldBe($"[{removed.Body}]");
        (await Post("/simulator/removals", """{"employeeId":"ID-9999"}""")).Status.ShouldBe(404);
    }
}
