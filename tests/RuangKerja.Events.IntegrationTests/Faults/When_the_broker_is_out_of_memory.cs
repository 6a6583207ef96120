using RuangKerja.Events.Diagnostics;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>RabbitMQ raises its memory alarm: it takes no messages from anybody, and answers all else.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_broker_is_out_of_memory(Servers servers)
{
    [Fact]
    public async Task F19_P1_Should_pause_while_the_outbox_grows_and_go_on_at_once_afterwards()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await using var bench = await FaultBench.PrepareAsync(await servers.CreateDatabaseAsync(), rabbitMq.AmqpUri);
        bench.RelayAs(relay => relay with { PublishTimeout = TimeSpan.FromSeconds(5) });
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);
        await bench.Deployment.WaitForEmptyOutboxAsync();

        await rabbitMq.RabbitMqCtlAsync("set_vm_memory_high_watermark", "0");
        await bench.WaitForTroubleAsync(PipelinePart.Relay, "Publishing pauses");
        await bench.Deployment.LiveAsync(transitions: 40);
        await bench.WaitForPendingAsync(40);
        (await bench.WaitForTroubleAsync(PipelinePart.Broker, "takes no messages")).ShouldContain("Free memory");

        await rabbitMq.RabbitMqCtlAsync("set_vm_memory_high_watermark", "0.8");
        var verdict = await bench.JudgeAsync();

        verdict.ShouldBeComplete();
        // Hardly anything was written to a broker that takes nothing, so hardly anything had to be written again: without the
        // pause it is all that waits, with each pass.
        verdict.Repeated.ShouldBeLessThan(40);
        await bench.WaitForWellAsync();
    }
}
