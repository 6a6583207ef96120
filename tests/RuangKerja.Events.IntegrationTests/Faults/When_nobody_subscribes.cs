using RuangKerja.Events.Contracts;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Simulator;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>No queue takes what is published.</summary>
[Trait("Promise", "P1")]
public sealed class When_nobody_subscribes(Servers servers)
{
    private const int Unheard = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F20_P1_Should_keep_and_show_what_no_queue_takes_and_go_on()
    {
        await using var deployment = await Deployment.PrepareAsync(
            servers,
            new SimulatorOptions { TransitionsPerMinute = 1_200 }
        );
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;
        await deployment.LiveAsync(Unheard);
        var unheard = deployment.Simulator.Ledger.LastSeq - bootstrapped;
        await Wait.Until(async () => await CountUnroutableAsync(deployment) == unheard, Patience, "all set aside");

        var (code, shown, _) = await ServiceProcess.RunAsync(
            deployment.Settings,
            "outbox",
            "status",
            "--output",
            "json"
        );
        code.ShouldBe(0);
        shown.ShouldContain($"\"unroutable\": {unheard}");
        deployment.FailureOf(PipelinePart.Relay).ShouldBeNull("a replay can still serve who comes late");

        await using var late = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        var subscribed = deployment.Simulator.Ledger.LastSeq;
        await deployment.LiveAsync(transitions: 10);
        var heard = deployment.Simulator.Ledger.After(subscribed);
        await late.WaitForAsync(heard.Count);
        late.Received.ShouldTellPart(heard);
        (await CountUnroutableAsync(deployment)).ShouldBe(unheard);
    }

    private static async Task<long> CountUnroutableAsync(Deployment deployment) =>
        (await deployment.Outbox.CountAsync(Company.Default, CancellationToken.None)).Unroutable;
}
