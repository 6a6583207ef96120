using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.Relay;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>One subscriber's queue is full and rejects; RabbitMQ then refuses the message for all.</summary>
[Trait("Promise", "P4")]
public sealed class When_a_queue_is_full(Servers servers)
{
    [Fact]
    public async Task F22_P4_Should_say_so_and_send_again_in_order_until_there_is_room()
    {
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            FaultBench.Population with
            {
                Employees = 30,
                MinimumDwell = TimeSpan.FromSeconds(3),
            }
        );
        await bench.StartPipelineAsync();
        await using (await AmqpQueue.BindFullAsync(bench.Deployment.Broker, RelayFixture.BaseExchange, room: 10))
        {
            await bench.Deployment.LiveAsync(transitions: 40);
            await bench.WaitForTroubleAsync(PipelinePart.Relay, "refuses the next message of");
            (await bench.CountPendingAsync()).ShouldBeGreaterThan(0);
        }

        var verdict = await bench.JudgeAsync();

        verdict.IsClean.ShouldBeTrue(verdict.ToString());
        verdict.Waiting.ShouldBe(0);
        await bench.WaitForWellAsync();
    }
}
