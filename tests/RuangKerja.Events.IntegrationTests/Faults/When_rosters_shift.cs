using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;
using RuangKerja.Simulator.Upstream;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Rows come and go between two pages of a roster, while only the roster tells what happens.</summary>
[Trait("Promise", "P1")]
public sealed class When_rosters_shift(Servers servers)
{
    private static readonly SimulatorOptions OneCourse = new()
    {
        Employees = 250,
        Courses = 1,
        CoursesWithoutRoster = 0,
        AssignmentsPerEmployee = 1,
    };

    [Theory]
    [InlineData(RosterDriftKind.Insert)]
    [InlineData(RosterDriftKind.Remove)]
    public async Task F30_P1_Should_be_read_again_and_tell_every_change_once(RosterDriftKind kind)
    {
        await using var bench = await FaultBench.PrepareAsync(servers, OneCourse);
        bench.Deployment.SweepAs(new RosterOptions());
        await bench.StartPipelineAsync();
        bench.Simulator.Faults.FeedLag = TimeSpan.FromHours(1);
        // On both sides of the seam of two pages.
        foreach (var one in AroundThePagesEnd(bench.Simulator))
        {
            bench.Simulator.Transition(
                new TransitionOrder
                {
                    EmployeeId = one.Employee.Id,
                    To = one.Status == UpstreamStatus.Completed ? UpstreamStatus.Failed : UpstreamStatus.Completed,
                }
            );
        }

        bench.Simulator.Faults.Drift(new RosterDrift { Kind = kind });
        bench.Simulator.Requests.Clear();
        await SweepAsync(bench.Deployment);

        (await bench.JudgeAsync()).ShouldBeComplete();
        bench.Simulator.Faults.Drifts.ShouldBeEmpty();
        bench.Asked(UpstreamEndpoint.Roster).ShouldBe(2 * 3, "it was read twice");
        (await bench.SnapshotsAsync()).ShouldContain("ID-0001", Case.Sensitive, "nobody who left is forgotten");
    }

    private static IEnumerable<Assignment> AroundThePagesEnd(SimulatorHost simulator) =>
        simulator
            .World.Company()
            .Population.Assignments.OrderBy(one => one.Employee.Id, StringComparer.Ordinal)
            .Skip(95)
            .Take(10);

    private static async Task SweepAsync(Deployment deployment)
    {
        var before = (await deployment.WaitForSweepAsync()).Id;
        await deployment.ColumnAsync("update ruangkerja.sweep set started_at = started_at - interval '7 hours'");
        await Wait.Until(
            async () =>
                await deployment.Sweeps.ReadAsync(Company.Default, CancellationToken.None)
                    is { FinishedAt: not null } sweep
                && sweep.Id != before,
            TimeSpan.FromSeconds(60),
            "one more sweep"
        );
    }
}
