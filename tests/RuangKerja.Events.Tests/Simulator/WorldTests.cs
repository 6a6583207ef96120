using RuangKerja.Simulator;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.Tests.Simulator;

public sealed class WorldTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 2, 0, 0, 300, TimeSpan.Zero);
    private static readonly SimulatorOptions Lively = new() { Employees = 30, TransitionsPerMinute = 240 };

    [Fact]
    public void SameSeed_LivesTheSameLifeHoweverOftenItIsAsked()
    {
        var atOnce = Lived(Lively, TimeSpan.FromHours(1));
        var bySteps = new World(Lively, Start);
        for (var now = Start; now <= Start.AddHours(1); now += TimeSpan.FromSeconds(1.7))
            bySteps.AdvanceTo(now);
        bySteps.AdvanceTo(Start.AddHours(1));

        bySteps.Ledger.After().ShouldBe(atOnce.Ledger.After());
        bySteps.Company().Population.Assignments.ShouldBe(atOnce.Company().Population.Assignments);
    }

    [Fact]
    public void LifeOfASeed_IsTheOneThatEarlierVersionsLived()
    {
        // One choice more or less anywhere in the hour, and the last entry is another one.
        var last = Lived(Lively, TimeSpan.FromHours(1)).Ledger.After()[^1];

        (last.Seq, last.EmployeeId, last.CourseSerial, last.AssignedCourseSerial, last.To).ShouldBe(
            (14_527, "ID-0387", "COURSE-6ZV2CTPB", "ASGC-J8XG0N6X", UpstreamStatus.InProgress)
        );
    }

    [Fact]
    public void AnotherSeed_LivesAnotherLife()
    {
        var one = Lived(Lively, TimeSpan.FromMinutes(1));
        var other = Lived(Lively with { Seed = 2 }, TimeSpan.FromMinutes(1));

        other.Ledger.After().Select(entry => entry.To).ShouldNotBe(one.Ledger.After().Select(entry => entry.To));
    }

    [Fact]
    public void Life_KeepsTheRate() =>
        Lives(Lived(Lively, TimeSpan.FromMinutes(30))).Count().ShouldBeInRange(6_900, 7_500);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Life_MakesLawfulTransitionsOnly(int seed)
    {
        var life = Lived(Lively with { Seed = seed }, TimeSpan.FromHours(2));
        var lawful = new (UpstreamStatus? From, UpstreamStatus To)[]
        {
            (null, UpstreamStatus.NotStarted),
            (UpstreamStatus.NotStarted, UpstreamStatus.InProgress),
            (UpstreamStatus.NotStarted, UpstreamStatus.Expired),
            (UpstreamStatus.InProgress, UpstreamStatus.Completed),
            (UpstreamStatus.InProgress, UpstreamStatus.Failed),
            (UpstreamStatus.InProgress, UpstreamStatus.Expired),
            (UpstreamStatus.Completed, UpstreamStatus.InProgress),
            (UpstreamStatus.Failed, UpstreamStatus.InProgress),
        };

        // Both ways round: nothing unlawful, and everything lawful does happen.
        Lives(life).Select(entry => (entry.From, entry.To)).Distinct().ShouldBe(lawful, ignoreOrder: true);
    }

    [Fact]
    public void EachEntry_FollowsFromTheOneBefore()
    {
        foreach (var one in Histories(Lived(Lively, TimeSpan.FromHours(1))))
        {
            foreach (var (before, after) in one.Zip(one.Skip(1)))
                after.From.ShouldBe(before.To);
        }
    }

    [Theory]
    [InlineData(20)]
    [InlineData(90)]
    public void Dwell_IsRespected(int seconds)
    {
        // Few people and many steps: without the dwell every assignment would move within seconds.
        var crowded = new SimulatorOptions
        {
            Employees = 3,
            TransitionsPerMinute = 600,
            NewAssignmentShare = 0,
            MinimumDwell = TimeSpan.FromSeconds(seconds),
        };

        var gaps = Histories(Lived(crowded, TimeSpan.FromMinutes(20)))
            .SelectMany(one => one.Zip(one.Skip(1), (before, after) => after.At - before.At))
            .ToList();

        gaps.Min().ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void ClosedPopulation_GainsNobodyAndNothing()
    {
        var closed = Lived(Lively with { NewAssignmentShare = 0 }, TimeSpan.FromHours(1));

        closed.Company().Population.Assignments.Count.ShouldBe(90);
        closed.Company().Population.Employees.Count.ShouldBe(30);
        Lives(closed).ShouldAllBe(entry => entry.From != null);
    }

    [Fact]
    public void EverybodyHoldingEverything_SomebodyJoins()
    {
        var full = Lived(
            Lively with
            {
                Employees = 1,
                Courses = 2,
                AssignmentsPerEmployee = 2,
            },
            TimeSpan.FromMinutes(1)
        );

        full.Company().Population.Employees.Count.ShouldBeGreaterThan(1);
        full.Company().Population.Assignments.Select(one => (one.Employee.Id, one.Course.Serial)).ShouldBeUnique();
    }

    [Fact]
    public void FirstStates_ReachBackOverTheHistoryInWholeSeconds()
    {
        var first = new World(Lively with { History = TimeSpan.FromDays(10) }, Start).Ledger.After();

        first.ShouldAllBe(entry => entry.Initial && entry.At <= Start && entry.At >= Start.AddDays(-10).AddSeconds(-1));
        first.ShouldAllBe(entry => entry.At.Ticks % TimeSpan.TicksPerSecond == 0);
        first[0].At.ShouldBeLessThan(Start.AddDays(-8));
        first.Select(entry => entry.To).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void PausedLife_StandsStillAndIsNotMadeUpFor()
    {
        var world = new World(Lively, Start);
        world.Pause(Start.AddMinutes(1));
        var paused = world.Ledger.LastSeq;

        world.AdvanceTo(Start.AddHours(1));
        world.Ledger.LastSeq.ShouldBe(paused);
        world.Resume(Start.AddHours(1));
        world.AdvanceTo(Start.AddHours(1).AddMinutes(1));
        (world.Ledger.LastSeq - paused).ShouldBeInRange(200, 280);
    }

    [Fact]
    public void RateNextToNothing_NeverComesToAStep() =>
        Lives(Lived(Lively with { TransitionsPerMinute = 1e-300 }, TimeSpan.FromDays(365))).ShouldBeEmpty();

    [Fact]
    public void ChangedRate_HoldsFromThenOn()
    {
        var world = new World(Lively with { TransitionsPerMinute = 0 }, Start);
        world.AdvanceTo(Start.AddHours(1)).ShouldBeEmpty();

        world.ChangeRate(600, Start.AddHours(1));

        world.AdvanceTo(Start.AddHours(1).AddMinutes(1)).Count.ShouldBeInRange(550, 650);
    }

    [Fact]
    public void ForcedTransition_NeedsNoLawAndNoDwell()
    {
        var world = new World(Lively with { Alive = false }, Start);
        var expired = world.Transition(new TransitionOrder { To = UpstreamStatus.Expired }, Start);

        var back = world.Transition(
            new TransitionOrder
            {
                AssignedCourseSerial = expired.AssignedCourseSerial,
                EmployeeId = expired.EmployeeId,
                CourseSerial = expired.CourseSerial,
                To = UpstreamStatus.NotStarted,
            },
            Start
        );

        (back.From, back.To, back.EmployeeId).ShouldBe((expired.To, UpstreamStatus.NotStarted, expired.EmployeeId));
    }

    [Fact]
    public void ForcedTransitionOfAnyAssignment_IsALawfulOneIfThereIsOne()
    {
        var world = new World(Lively with { Alive = false }, Start);

        for (var i = 0; i < 10; i++)
            world
                .Transition(new TransitionOrder { To = UpstreamStatus.Failed }, Start)
                .From.ShouldBe(UpstreamStatus.InProgress);
    }

    [Fact]
    public void OrderThatCannotBeCarriedOut_SaysWhyAndChangesNothing()
    {
        var world = new World(Lively with { Alive = false, Employees = 1, AssignmentsPerEmployee = 1 }, Start);
        var only = world.Company().Population.Assignments[0];

        Refusal(() => world.Transition(new TransitionOrder { To = only.Status }, Start))
            .ShouldBe(OrderRefusal.NothingToMove);
        Refusal(() => world.Transition(new TransitionOrder { EmployeeId = "ID-9999" }, Start))
            .ShouldBe(OrderRefusal.NoMatch);
        Refusal(() => world.Transition(new TransitionOrder { Company = "none" }, Start))
            .ShouldBe(OrderRefusal.NoSuchCompany);
        Refusal(() => world.Assign(new AssignmentOrder { CourseSerial = only.Course.Serial }, Start))
            .ShouldBe(OrderRefusal.NoMatch);
        world.Ledger.LastSeq.ShouldBe(1);
    }

    [Fact]
    public void ClockSetBack_DoesNotTakeUpdatedAtBack()
    {
        var world = new World(Lively with { Alive = false, Employees = 1, AssignmentsPerEmployee = 1 }, Start);
        var first = world.Transition(new TransitionOrder(), Start.AddMinutes(1));

        var second = world.Transition(new TransitionOrder { To = UpstreamStatus.NotStarted }, Start);

        second.At.ShouldBe(first.At);
    }

    [Fact]
    public void OptionsOutsideTheirRanges_AreAllNamed()
    {
        var wrong = new SimulatorOptions
        {
            Employees = 0,
            AssignmentsPerEmployee = 13,
            NewAssignmentShare = double.NaN,
            TransitionsPerMinute = 60_001,
            WindowEnds = (WindowEnds)4,
            SameNamedCourses = -1,
            TouchShare = 1.5,
            Companies = [new() { UtcOffset = TimeSpan.FromHours(15) }],
        };

        var message = Should.Throw<ArgumentException>(() => new World(wrong, Start)).Message;

        message.ShouldContain("Employees: 0");
        message.ShouldContain("AssignmentsPerEmployee: 13, allowed is 0 to Courses (12)");
        message.ShouldContain("NewAssignmentShare");
        message.ShouldContain("TransitionsPerMinute: 60001, allowed is 0 to 60000");
        message.ShouldContain("UtcOffset");
        message.ShouldContain("SameNamedCourses: -1");
        message.ShouldContain("TouchShare: 1.5, allowed is 0 to 1");
        message.ShouldContain("WindowEnds: 4, allowed is Inclusive, Exclusive, StartOnly, EndOnly.");
    }

    private static World Lived(SimulatorOptions options, TimeSpan life)
    {
        var world = new World(options, Start);
        world.AdvanceTo(Start + life);
        return world;
    }

    private static IEnumerable<LedgerEntry> Lives(World world) => world.Ledger.After().Where(entry => !entry.Initial);

    private static IEnumerable<List<LedgerEntry>> Histories(World world) =>
        world.Ledger.After().GroupBy(entry => (entry.EmployeeId, entry.CourseSerial)).Select(one => one.ToList());

    private static OrderRefusal Refusal(Action order) => Should.Throw<OrderRefusedException>(order).Refusal;
}
