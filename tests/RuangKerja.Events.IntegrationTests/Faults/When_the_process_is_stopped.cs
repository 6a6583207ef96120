using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A supervisor asks the executable to stop in the middle of its work, as in a rolling update.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P3")]
public sealed class When_the_process_is_stopped(Servers servers)
{
    private const int Stops = 3;

    // What a supervisor gives it before it kills.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task F41_P3_Should_finish_what_is_under_way_and_give_its_leases_back()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        var leases = new LeaseTable(bench.Deployment.ConnectionString);
        var service = bench.StartService();
        await bench.WaitForBootstrapAsync();

        for (var stop = 1; stop <= Stops; stop++)
        {
            await bench.LiveUntilReceivedAsync(10);
            bench.Simulator.Resume();
            service.SendTerminate();
            (await service.WaitForExitAsync(Grace)).ShouldBe(0, service.Error);

            // Another instance need not wait for them.
            (await leases.ReadAsync())
                .Select(lease => (lease.Term, lease.IsOver))
                .ShouldBe([(stop, true), (stop, true)]);
            await service.DisposeAsync();
            service = bench.StartService();
        }

        await using var last = service;
        await bench.LiveUntilReceivedAsync(10);
        var verdict = await bench.JudgeAsync();
        verdict.ShouldBeComplete();
        verdict.Repeated.ShouldBeLessThanOrEqualTo(
            Stops,
            "what is sent is settled before the end, but for a slow broker"
        );
    }

    [Fact]
    public async Task F41_P1_Should_end_in_time_while_the_broker_answers_nobody()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await using var bench = await FaultBench.PrepareAsync(await servers.CreateDatabaseAsync(), rabbitMq.AmqpUri);
        var leases = new LeaseTable(bench.Deployment.ConnectionString);
        await using var service = bench.StartService();
        await bench.WaitForBootstrapAsync();
        await bench.LiveUntilReceivedAsync(10);

        await rabbitMq.FreezeAsync();
        await bench.Deployment.LiveAsync(transitions: 20);
        await bench.WaitForPendingAsync(20);
        service.SendTerminate();
        var exitCode = await service.WaitForExitAsync(Grace);
        await rabbitMq.ThawAsync();

        exitCode.ShouldBe(0, service.Error);
        (await leases.ReadAsync()).ShouldAllBe(lease => lease.IsOver);
    }
}
