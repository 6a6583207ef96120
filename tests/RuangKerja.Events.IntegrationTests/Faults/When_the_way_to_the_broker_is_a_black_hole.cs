using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Nothing that is sent arrives, in either direction, and nobody is told.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_way_to_the_broker_is_a_black_hole(Servers servers)
{
    [Fact]
    public async Task F18_P1_Should_be_told_by_the_heartbeat_and_go_on_over_new_connections()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        // Only the heartbeat can free the relay: a publish waits far longer.
        bench.RelayAs(relay =>
            relay with
            {
                Heartbeat = TimeSpan.FromSeconds(1),
                PublishTimeout = TimeSpan.FromMinutes(5),
            }
        );
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        // What is open stays dead after the way is good again, so nobody but the heartbeat tells that it is.
        bench.Broker.BlackHoleOpen();
        bench.Broker.Refuses = true;
        await bench.Deployment.LiveAsync(transitions: 20);
        await bench.WaitForTroubleAsync(PipelinePart.Broker, "Relay:RabbitMqUri");
        bench.Broker.Refuses = false;
        await bench.LiveUntilReceivedAsync(30);

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForWellAsync();
    }
}
