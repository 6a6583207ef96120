using RuangKerja.Events.Courses;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Replay;

public sealed class ReplayRulesTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);

    private static readonly ReplayRequest Good = new()
    {
        Filter = new EventFilter { Companies = [Company.Default] },
        Destination = "reports-a",
        Rate = 100,
        RequestedBy = "ops",
        Door = ReplayDoor.Http,
    };

    [Fact]
    public void Request_within_the_rules_has_no_faults() => Check(Good).ShouldBeEmpty();

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("Reports-a")]
    [InlineData("x-reports-a")]
    [InlineData("reports")]
    [InlineData("reports-a\n")]
    [InlineData("reports-b_error")]
    [InlineData("reports-b_skipped")]
    [InlineData("hr")]
    public void Queue_that_no_pattern_allows_is_refused(string queue) =>
        Check(Good with { Destination = queue }).ShouldHaveSingleItem().Member.ShouldBe("destination");

    [Theory]
    [InlineData("reports-")]
    [InlineData("reports-a.b*c?")]
    [InlineData("certificates")]
    [InlineData("hr.2026.queue")]
    public void Queue_that_a_pattern_allows_is_not(string queue) =>
        Check(Good with { Destination = queue }).ShouldBeEmpty();

    [Theory]
    [InlineData("ruangkerja-replay")]
    [InlineData("ruangkerja-sweep_error")]
    [InlineData("amq.gen-1")]
    [InlineData("anything_error")]
    [InlineData("anything_skipped")]
    public void Queue_of_ours_is_refused_whatever_the_setting_allows(string queue)
    {
        var rules = new ReplayRules(new ReplayOptions { AllowedQueues = ["*"] }, [Company.Default]);

        rules.Check(Good with { Destination = queue }).ShouldHaveSingleItem().Message.ShouldContain("never are");
        rules.Check(Good with { Destination = "any" }).ShouldBeEmpty();
    }

    [Fact]
    public void Setting_that_is_missing_is_named()
    {
        var rules = new ReplayRules(new ReplayOptions(), [Company.Default]);

        rules.Check(Good).ShouldHaveSingleItem().Message.ShouldContain("Replay:AllowedQueues");
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(-1, false)]
    [InlineData(1, true)]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    public void Rate_keeps_within_what_the_setting_allows(int rate, bool allowed) =>
        Check(Good with { Rate = rate }).Select(fault => fault.Member).ShouldBe(allowed ? [] : ["rate"]);

    public static readonly TheoryData<string, EventFilter> Faulty = new()
    {
        {
            "filter.companies",
            new EventFilter { Companies = [Named("acme")] }
        },
        {
            "filter.recordedBefore",
            new EventFilter { RecordedFrom = Start, RecordedBefore = Start }
        },
        {
            "filter.occurredBefore",
            new EventFilter { OccurredFrom = Start, OccurredBefore = Start.AddTicks(-1) }
        },
        {
            "filter.firstSequence",
            new EventFilter { FirstSequence = 0 }
        },
        {
            "filter.lastSequence",
            new EventFilter { LastSequence = 0 }
        },
        {
            "filter.lastSequence",
            new EventFilter { FirstSequence = 8, LastSequence = 7 }
        },
        {
            "filter.employeeId",
            new EventFilter { EmployeeId = "" }
        },
        {
            "filter.courseName",
            new EventFilter { CourseName = "a\0b" }
        },
        {
            "filter.courseSerial",
            new EventFilter { CourseSerial = new string('x', 513) }
        },
        {
            "filter.courseSerial",
            new EventFilter { CourseSerial = "half \ud800" }
        },
        {
            "filter.assignmentId",
            new EventFilter { AssignmentId = new AssignmentId("") }
        },
        {
            "filter.statuses",
            new EventFilter { Statuses = [(CourseStatus)9] }
        },
        {
            "filter.kinds",
            new EventFilter { Kinds = [(ChangeKind)(-1)] }
        },
        { "filter.held.versions", Holding(("a", -1)) },
        { "filter.held.versions", Holding(("a\u0001", 1), ("b\u0001", 1)) },
        { "filter.held.versions", Holding([.. Enumerable.Range(0, 100_001).Select(n => ($"{n}", 1L))]) },
        {
            "filter.held.eventIds",
            new EventFilter { Held = new HeldEvents { EventIds = new Guid[HeldEvents.Most + 1] } }
        },
    };

    [Theory]
    [MemberData(nameof(Faulty), DisableDiscoveryEnumeration = true)]
    public void Filter_that_cannot_be_meant_is_refused_by_its_member(string member, EventFilter filter) =>
        Check(Good with { Filter = filter }).ShouldHaveSingleItem().Member.ShouldBe(member);

    [Fact]
    public void Filter_at_its_limits_is_allowed() =>
        Check(
                Good with
                {
                    Filter = Holding([.. Enumerable.Range(0, 100_000).Select(n => ($"{n}", 0L))]) with
                    {
                        FirstSequence = 7,
                        LastSequence = 7,
                        RecordedFrom = Start,
                        RecordedBefore = Start.AddTicks(1),
                        CourseName = new string('ü', 512),
                    },
                }
            )
            .ShouldBeEmpty();

    [Fact]
    public void Everything_wrong_is_told_at_once() =>
        Check(
                Good with
                {
                    Destination = "elsewhere",
                    Rate = 0,
                    Filter = new EventFilter { FirstSequence = 0, EmployeeId = "" },
                }
            )
            .Select(fault => fault.Member)
            .ShouldBe(["destination", "rate", "filter.firstSequence", "filter.employeeId"]);

    private static IReadOnlyList<ReplayFault> Check(ReplayRequest request) =>
        new ReplayRules(
            new ReplayOptions { AllowedQueues = ["reports-*", "certificates", "hr.*.queue"], MaxRate = 5_000 },
            [Company.Default]
        ).Check(request);

    private static EventFilter Holding(params (string Id, long Version)[] held) =>
        new()
        {
            Held = new HeldEvents
            {
                Versions = held.ToDictionary(entry => new AssignmentId(entry.Id), entry => entry.Version),
            },
        };

    private static Company Named(string name) =>
        Company.TryCreate(name, out var company)
            ? company
            : throw new ArgumentException("No name of a company.", nameof(name));
}
