using RabbitMQ.Client;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>What a person must put right: an exchange of another kind under our name, rights that were taken away.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_broker_forbids(Servers servers)
{
    private const string Occupied = "RuangKerja.Events.Contracts:CourseStarted";

    [Fact]
    public async Task F21_P1_Should_name_an_exchange_declared_otherwise_and_send_all_other_kinds()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.RelayAs(relay => relay with { PublishTimeout = TimeSpan.FromSeconds(2) });
        await using var connection = await new ConnectionFactory
        {
            Uri = bench.Deployment.Broker,
        }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(Occupied, ExchangeType.Direct, durable: true, autoDelete: false);
        await bench.StartPipelineAsync();

        bench.Simulator.Resume();
        var trouble = await bench.WaitForTroubleAsync(PipelinePart.Relay, "406");
        await Wait.Until(
            () => bench.Subscriber.Received.Count(change => change is not CourseStarted) >= 10,
            TimeSpan.FromSeconds(60),
            "events of other kinds"
        );
        trouble.ShouldContain(Occupied);
        trouble.ShouldContain("remove an exchange that was declared otherwise");

        await channel.ExchangeDeleteAsync(Occupied);
        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForWellAsync();
    }

    [Fact]
    public async Task F21_P1_Should_name_rights_that_were_taken_away_and_recover_alone()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.RelayAs(relay => relay with { PublishTimeout = TimeSpan.FromSeconds(2) });
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        // A channel that is open remembers what it was allowed: a new one asks again.
        await servers.ForbidAsync(bench.Deployment.Broker);
        bench.Broker.ResetAll();
        await bench.Deployment.LiveAsync(transitions: 20);
        (await bench.WaitForTroubleAsync(PipelinePart.Broker, "Relay:RabbitMqUri")).ShouldContain("permissions");
        await bench.WaitForPendingAsync(20);
        await servers.AllowAsync(bench.Deployment.Broker);
        await bench.LiveUntilReceivedAsync(30);

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForWellAsync();
    }
}
