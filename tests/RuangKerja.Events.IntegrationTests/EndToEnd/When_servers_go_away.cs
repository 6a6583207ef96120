using RuangKerja.Events.Contracts;
using RuangKerja.Events.Diagnostics;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>The database and the broker go away while life goes on, and come back.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P3")]
public sealed class When_servers_go_away
{
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Should_say_so_and_catch_up_without_loss_when_they_come_back()
    {
        await using var servers = await LocalServerSet.StartAsync();
        await using var deployment = await Deployment.PrepareAsync(
            servers.Postgres.ConnectionString,
            servers.RabbitMq.AmqpUri,
            new SimulatorOptions { TransitionsPerMinute = 1_200 }
        );
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        await servers.RabbitMq.FlushDeclarationsAsync();
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;

        await servers.Postgres.StopAsync();
        await WaitForFailureAsync(deployment, PipelinePart.Database, "PostgreSQL");
        await deployment.LiveAsync(transitions: 10);
        await servers.Postgres.StartAgainAsync();
        await subscriber.WaitForAsync(10);

        // The broker is missed before there is anything to publish, and the relay when there is.
        await servers.RabbitMq.StopAsync();
        await WaitForFailureAsync(deployment, PipelinePart.Broker, "Relay:RabbitMqUri");
        await deployment.LiveAsync(transitions: 10);
        await WaitForFailureAsync(deployment, PipelinePart.Relay, "Relay:RabbitMqUri");
        await servers.RabbitMq.StartAgainAsync();

        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await Wait.Until(
            () => subscriber.Received.DistinctBy(c => c.EventId).Count() >= truth.Count,
            TimeSpan.FromSeconds(60),
            $"{truth.Count} different events"
        );
        subscriber.Received.DistinctBy(c => c.EventId).ToList().ShouldTell(truth);
        await deployment.WaitForEmptyOutboxAsync();
        await Wait.Until(
            () => deployment.Health.All(part => part.Failure is null),
            Noticed,
            "every part to be well again"
        );
    }

    private static Task WaitForFailureAsync(Deployment deployment, PipelinePart part, string told) =>
        Wait.Until(() => deployment.FailureOf(part)?.Contains(told) == true, Noticed, $"the {part} to say '{told}'");
}
