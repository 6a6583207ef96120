using RuangKerja.Events.Diagnostics;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>RabbitMQ answers nobody for a while, and keeps every connection.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_broker_is_frozen(Servers servers)
{
    // The relay's, the monitor's, the commands' and that of requests for replays.
    private const int Connections = 4;

    [Fact]
    public async Task F16_P1_Should_bound_every_publish_and_drain_the_backlog_afterwards()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await using var bench = await FaultBench.PrepareAsync(await servers.CreateDatabaseAsync(), rabbitMq.AmqpUri);
        bench.RelayAs(relay => relay with { PublishTimeout = TimeSpan.FromSeconds(1) });
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        await rabbitMq.FreezeAsync();
        await bench.Deployment.LiveAsync(transitions: 20);
        await bench.WaitForTroubleAsync(PipelinePart.Relay, "no confirm came in time");
        await bench.WaitForTroubleAsync(PipelinePart.Broker, "no confirm came in time");
        await bench.WaitForPendingAsync(20);
        await rabbitMq.ThawAsync();
        await bench.LiveUntilReceivedAsync(30);

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForWellAsync();
        await Wait.Until(
            () => bench.Broker.Open <= Connections,
            TimeSpan.FromSeconds(60),
            "connections that were given up to be closed"
        );
    }
}
