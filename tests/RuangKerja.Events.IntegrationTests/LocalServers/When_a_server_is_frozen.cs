using Npgsql;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

public sealed class When_a_server_is_frozen
{
    [Fact]
    public async Task Should_answer_nobody_until_it_thaws_and_still_stop()
    {
        var server = await PostgresServer.StartAsync();
        try
        {
            await using var connection = new NpgsqlConnection($"{server.ConnectionString};Pooling=false");
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand("select 1", connection);

            await server.FreezeAsync();
            var answer = command.ExecuteScalarAsync();
            await Should.ThrowAsync<TimeoutException>(() =>
                answer.WaitAsync(TimeSpan.FromSeconds(0.5), TimeProvider.System)
            );
            await server.ThawAsync();
            (await answer).ShouldBe(1);

            await server.FreezeAsync();
        }
        finally
        {
            await server.DisposeAsync();
        }

        ServerTraces.AreGone(server.Folder).ShouldBeTrue();
    }
}
