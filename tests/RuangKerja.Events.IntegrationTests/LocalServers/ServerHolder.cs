using System.Text.Json;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

/// <summary>
/// A process that starts servers, says where, and holds them until its standard input ends: for tests of what becomes of
/// the servers when such a process is killed.
/// </summary>
internal static class ServerHolder
{
    public const string Verb = "hold-servers";
    public const string Postgres = "postgres";
    public const string RabbitMq = "rabbitmq";

    public static async Task<int> RunAsync(string[] names)
    {
        LocalServer[] servers = await Task.WhenAll(names.Select(StartAsync));
        Console.WriteLine(JsonSerializer.Serialize(servers.Select(s => s.Folder)));
        await Console.In.ReadToEndAsync();
        foreach (var server in servers)
            await server.DisposeAsync();
        return 0;
    }

    private static async Task<LocalServer> StartAsync(string name) =>
        name == Postgres ? await PostgresServer.StartAsync() : await RabbitMqServer.StartAsync();
}
