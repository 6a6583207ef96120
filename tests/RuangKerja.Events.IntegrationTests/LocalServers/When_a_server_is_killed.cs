using System.Diagnostics;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

public sealed class When_a_server_is_killed
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task Should_keep_what_PostgreSQL_has_committed()
    {
        await using var server = await PostgresServer.StartAsync();
        await Talk.ExecuteAsync(server.ConnectionString, "create table mark (n) as values (42)");
        var (killed, port) = (server.ProcessId, server.Port);

        await server.KillAsync();
        server.IsRunning.ShouldBeFalse();
        await server.StartAgainAsync();

        server.ProcessId.ShouldNotBe(killed);
        server.Port.ShouldBe(port);
        (await Talk.QueryAsync<int>(server.ConnectionString, "select n from mark")).ShouldBe(42);
    }

    [Fact]
    public async Task Should_start_again_after_a_kill_from_outside()
    {
        await using var server = await PostgresServer.StartAsync();
        using var process = Process.GetProcessById(server.ProcessId);

        process.Kill();
        await Wait.Until(() => !server.IsRunning, Soon, "the server has noticed");
        await server.StartAgainAsync();

        (await Talk.QueryAsync<int>(server.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_keep_what_RabbitMQ_has_confirmed()
    {
        await using var server = await RabbitMqServer.StartAsync();
        await Talk.PublishAsync(server.AmqpUri, "mark", "halo");
        await server.FlushDeclarationsAsync();
        var killed = server.ProcessId;

        await server.KillAsync();
        server.IsRunning.ShouldBeFalse();
        await server.StartAgainAsync();

        server.ProcessId.ShouldNotBe(killed);
        (await Talk.TakeAsync(server.AmqpUri, "mark")).ShouldBe("halo");
    }
}
