using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests;

/// <summary>The servers for all tests, as programs of this machine.</summary>
internal static class SharedServers
{
    public static async Task<SharedPostgres> StartPostgresAsync()
    {
        var settings = new Dictionary<string, string> { ["max_connections"] = "300" };
        var server = await PostgresServer.StartAsync(new() { Settings = settings });
        return new SharedPostgres(server.ConnectionString, server);
    }

    public static async Task<SharedRabbitMq> StartRabbitMqAsync()
    {
        var server = await RabbitMqServer.StartAsync();
        return new SharedRabbitMq(server.AmqpUri, arguments => server.RabbitMqCtlAsync(arguments), server);
    }
}
