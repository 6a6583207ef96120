using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>The built executable, killed without warning again and again while life goes on.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P3")]
public sealed class When_the_process_is_killed(Servers servers)
{
    [Fact]
    public async Task Should_lose_nothing_and_double_nothing_but_whole_messages()
    {
        await using var deployment = await Deployment.PrepareAsync(
            servers,
            new SimulatorOptions { TransitionsPerMinute = 1_200 }
        );
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        var service = ServiceProcess.Start(deployment.Settings, "run");
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;

        deployment.Simulator.Resume();
        for (var kill = 0; kill < 4; kill++)
        {
            await subscriber.WaitForAsync(subscriber.Received.Count + 10);
            // Disposing a process that runs is SIGKILL.
            await service.DisposeAsync();
            service = ServiceProcess.Start(deployment.Settings, "run");
        }

        deployment.Simulator.Pause();
        await using var last = service;
        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await Wait.Until(
            () => subscriber.Received.DistinctBy(c => c.EventId).Count() >= truth.Count,
            TimeSpan.FromSeconds(60),
            $"{truth.Count} different events"
        );
        await deployment.WaitForEmptyOutboxAsync();

        // A confirm that the kill took away is sent again: the same event, which a subscriber knows by its id.
        subscriber.Received.DistinctBy(c => c.EventId).ToList().ShouldTell(truth);
    }
}
