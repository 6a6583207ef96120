using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>RabbitMQ dies without warning while messages are under way.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_broker_is_killed
{
    [Fact]
    public async Task F15_P1_Should_send_again_what_was_not_confirmed()
    {
        await using var servers = await LocalServerSet.StartAsync();
        await using var bench = await FaultBench.PrepareAsync(
            servers.Postgres.ConnectionString,
            servers.RabbitMq.AmqpUri
        );
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);
        await servers.RabbitMq.FlushDeclarationsAsync();

        bench.Simulator.Resume();
        await servers.RabbitMq.KillAsync();
        await bench.Deployment.LiveAsync(transitions: 20);
        await servers.RabbitMq.StartAgainAsync();
        await bench.LiveUntilReceivedAsync(20);

        (await bench.JudgeAsync()).ShouldBeComplete();
    }
}
