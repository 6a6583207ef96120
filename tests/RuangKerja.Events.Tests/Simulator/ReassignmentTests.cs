using System.Text.Json;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class ReassignmentTests : SimulatorTest
{
    [Fact]
    public async Task CourseAssignedOnceMore_StandsTwiceInTheFeedAndOnceInTheRoster()
    {
        var first = Simulator.Transition(UpstreamStatus.Completed);
        Clock.Advance(TimeSpan.FromSeconds(1));

        var second = Simulator.Reassign(Choice(first) with { AssignedCourseSerial = null });

        second.AssignedCourseSerial.ShouldNotBe(first.AssignedCourseSerial);
        (second.EmployeeId, second.CourseSerial, second.From, second.To).ShouldBe(
            (first.EmployeeId, first.CourseSerial, null, UpstreamStatus.NotStarted)
        );
        (await FeedRows(first)).ShouldBe(
            [(first.AssignedCourseSerial, "completed"), (second.AssignedCourseSerial, "not_started")],
            ignoreOrder: true
        );
        (await RosterStatuses(first)).ShouldBe(["not_started"]);
    }

    [Fact]
    public async Task OldAssignmentMovedByItsSerial_IsTheOneTheRosterShows()
    {
        var first = Simulator.Transition(UpstreamStatus.Completed);
        var second = Simulator.Reassign(Choice(first));

        Move(first, UpstreamStatus.Failed);
        (await RosterStatuses(first)).ShouldBe(["failed"]);
        Move(second, UpstreamStatus.InProgress);
        (await RosterStatuses(first)).ShouldBe(["in_progress"]);
    }

    [Fact]
    public void OldAssignment_IsLeftAloneByLifeAndByOrdersThatDoNotNameIt()
    {
        var start = Clock.GetUtcNow();
        var world = new World(
            Small with
            {
                Employees = 1,
                Courses = 1,
                AssignmentsPerEmployee = 1,
                NewAssignmentShare = 0,
            },
            start
        );
        var old = world.Transition(new TransitionOrder { To = UpstreamStatus.InProgress }, start).AssignedCourseSerial;
        var current = world.Reassign(new AssignmentChoice(), start).AssignedCourseSerial;
        var before = world.Ledger.LastSeq;

        world.Transition(new TransitionOrder { To = UpstreamStatus.Failed }, start);
        world.Resume(start);
        world.AdvanceTo(start.AddHours(1));

        var moved = world.Ledger.After(before);
        moved.Count.ShouldBeGreaterThan(2);
        moved.ShouldAllBe(entry => entry.AssignedCourseSerial == current);
        world.Company().Population.Assignments.Select(one => one.AssignedCourseSerial).ShouldBe([old, current]);
    }

    [Fact]
    public async Task NewAssignmentRemoved_BringsTheOldOneBack()
    {
        var first = Simulator.Transition(UpstreamStatus.Completed);
        var second = Simulator.Reassign(Choice(first));

        Simulator.Remove(Choice(second));

        (await FeedRows(first)).ShouldBe([(first.AssignedCourseSerial, "completed")]);
        (await RosterStatuses(first)).ShouldBe(["completed"]);
    }

    [Fact]
    public void OldAssignmentBroughtBack_HasAPartInLifeAgain()
    {
        var start = Clock.GetUtcNow();
        var world = new World(
            Small with
            {
                Employees = 1,
                Courses = 1,
                AssignmentsPerEmployee = 1,
                NewAssignmentShare = 0,
            },
            start
        );
        var old = world.Transition(new TransitionOrder { To = UpstreamStatus.InProgress }, start);
        var second = world.Reassign(new AssignmentChoice(), start);
        world.Remove(Choice(second), start);

        world.Resume(start);

        world.AdvanceTo(start.AddHours(1))[0].AssignedCourseSerial.ShouldBe(old.AssignedCourseSerial);
    }

    [Fact]
    public async Task EmployeeTakenOffTheCourse_LosesBoth()
    {
        var first = Simulator.Transition(UpstreamStatus.Completed);
        Simulator.Reassign(Choice(first));

        Simulator.Remove(Choice(first) with { AssignedCourseSerial = null });

        (await FeedRows(first)).ShouldBeEmpty();
        (await RosterStatuses(first)).ShouldBeEmpty();
        Simulator.World.Removals.Count.ShouldBe(2);
    }

    [Fact]
    public async Task ReassignmentOverHttp_IsAnsweredWithItsLedgerEntry()
    {
        var entry = await Post("/simulator/reassignments", """{"employeeId":"ID-0005"}""");

        entry.Json.GetProperty("employeeId").GetString().ShouldBe("ID-0005");
        entry.Json.GetProperty("seq").GetInt64().ShouldBe(Simulator.Ledger.LastSeq);
        (await Post("/simulator/reassignments", """{"courseSerial":"COURSE-NONE0000"}""")).Status.ShouldBe(404);
    }

    private void Move(LedgerEntry which, UpstreamStatus to)
    {
        Clock.Advance(TimeSpan.FromSeconds(1));
        Simulator.Transition(
            new TransitionOrder
            {
                AssignedCourseSerial = which.AssignedCourseSerial,
                EmployeeId = which.EmployeeId,
                CourseSerial = which.CourseSerial,
                To = to,
            }
        );
    }

    private static AssignmentChoice Choice(LedgerEntry which) =>
        new()
        {
            AssignedCourseSerial = which.AssignedCourseSerial,
            EmployeeId = which.EmployeeId,
            CourseSerial = which.CourseSerial,
        };

    private async Task<IEnumerable<(string, string)>> FeedRows(LedgerEntry which) =>
        (await Feed())
            .Items.Where(row =>
                Text(row, "employeeID") == which.EmployeeId && Text(row, "courseName") == which.CourseName
            )
            .Select(row => (Text(row, "assignedCourseSerial"), Text(row, "status")));

    private async Task<IEnumerable<string>> RosterStatuses(LedgerEntry which) =>
        (await Data(RosterPath(which.CourseSerial)))
            .Items.Where(item => Text(item.GetProperty("user"), "employeeID") == which.EmployeeId)
            .Select(item => Text(item, "status"));

    private static string Text(JsonElement row, string name) => row.GetProperty(name).GetString()!;
}
