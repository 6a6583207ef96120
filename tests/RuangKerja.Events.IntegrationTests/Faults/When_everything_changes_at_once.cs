using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Life;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The API suddenly says that a whole company has changed: more than anybody would believe.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P4")]
public sealed class When_everything_changes_at_once(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F37_P1_Should_be_held_for_an_operator_while_the_rest_goes_on()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, new SimulatorOptions { Employees = 60 });
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        var settings = new Dictionary<string, string>(deployment.Settings)
        {
            ["Relay:SurgeLimit"] = "20",
            ["Polling:Roster:Enabled"] = "false",
        };
        await using (var service = ServiceProcess.Start(settings, "run"))
        {
            await Wait.Until(
                async () =>
                    (await deployment.Store.ReadProgressAsync(Company.Default, CancellationToken.None))?.CaughtUp
                    == true,
                Patience,
                "the past is read"
            );
            service.SendTerminate();
            (await service.WaitForExitAsync(TimeSpan.FromSeconds(15))).ShouldBe(0, service.Error);
        }

        var bootstrapped = deployment.Simulator.Ledger.LastSeq;
        var surge = Enumerable.Range(0, 30).Select(_ => deployment.Simulator.Assign()).ToList();
        await using var again = ServiceProcess.Start(settings, "run");
        await Wait.Until(async () => await CountHeldAsync(deployment) == surge.Count, Patience, "the surge is held");

        // Of somebody who has no part in it, and of somebody who has.
        deployment.Simulator.Assign();
        deployment.Simulator.Transition(
            new TransitionOrder
            {
                EmployeeId = surge[0].EmployeeId,
                CourseSerial = surge[0].CourseSerial,
                To = Simulator.People.UpstreamStatus.InProgress,
            }
        );
        await subscriber.WaitForAsync(1);
        var status = await ServiceProcess.RunAsync(settings, "outbox", "status");
        status.Out.ShouldContain("More than 20 changes at once");
        subscriber.Received.ShouldHaveSingleItem();

        (await ServiceProcess.RunAsync(settings, "outbox", "release", "--all")).Out.ShouldContain(
            "30 events released."
        );
        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await subscriber.WaitForAsync(truth.Count);
        subscriber.Received.ShouldTell(truth);
    }

    private static async Task<long> CountHeldAsync(Deployment deployment) =>
        (await deployment.Outbox.CountAsync(Company.Default, CancellationToken.None)).Held;
}
