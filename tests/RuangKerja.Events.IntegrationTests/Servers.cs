using System.Collections.Concurrent;
using Npgsql;

[assembly: AssemblyFixture(typeof(RuangKerja.Events.IntegrationTests.Servers))]

namespace RuangKerja.Events.IntegrationTests;

/// <summary>
/// One PostgreSQL and one RabbitMQ for all tests, each started when a test first asks for it. The environment variables
/// <c>RUANGKERJA_TEST_POSTGRES</c> (a connection string) and <c>RUANGKERJA_TEST_RABBITMQ</c> (an AMQP URI) name servers
/// to use instead; else they run in containers, when built with <c>-p:UseTestcontainers=true</c>, or as local programs. Tests
/// that stop or disturb a server start one of their own.
/// </summary>
public sealed class Servers : IAsyncDisposable
{
    private static readonly string? GivenPostgres = Environment.GetEnvironmentVariable("RUANGKERJA_TEST_POSTGRES");
    private static readonly string? GivenRabbitMq = Environment.GetEnvironmentVariable("RUANGKERJA_TEST_RABBITMQ");

    private readonly ConcurrentBag<string> _databases = [];
    private readonly Lazy<Task<SharedPostgres>> _postgres = new(SharedServers.StartPostgresAsync);
    private readonly Lazy<Task<SharedRabbitMq>> _rabbitMq = new(SharedServers.StartRabbitMqAsync);

    /// <summary>Makes an empty database with a name of its own (30 ms or so).</summary>
    /// <returns>Its connection string.</returns>
    public async Task<string> CreateDatabaseAsync()
    {
        var server = GivenPostgres ?? (await _postgres.Value).ConnectionString;
        var name = $"test_{Guid.NewGuid():N}";
        await ExecuteAsync(server, $"create database {name}");
        _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>
    /// Makes a virtual host with a name of its own, so that exchanges and queues meet nobody else's (0.8 s or so). On a
    /// given server it is that server's virtual host for everybody: names in it must then be told apart by the test.
    /// </summary>
    /// <returns>Where to connect.</returns>
    public async Task<Uri> CreateVirtualHostAsync()
    {
        if (GivenRabbitMq is not null)
            return new Uri(GivenRabbitMq);

        var server = await _rabbitMq.Value;
        var name = $"test_{Guid.NewGuid():N}";
        var user = server.AmqpUri.UserInfo.Split(':')[0];
        await server.RabbitMqCtlAsync(["add_vhost", name]);
        await server.RabbitMqCtlAsync(["set_permissions", "--vhost", name, user, ".*", ".*", ".*"]);
        return new Uri(server.AmqpUri, name);
    }

    /// <summary>Takes all rights on a virtual host of ours from its user. On a given server a test cannot: it is skipped.</summary>
    public async Task ForbidAsync(Uri virtualHost)
    {
        Assert.SkipWhen(
            GivenRabbitMq is not null,
            "The server of RUANGKERJA_TEST_RABBITMQ is not ours to take rights on."
        );
        await (await _rabbitMq.Value).RabbitMqCtlAsync([
            "clear_permissions",
            "--vhost",
            virtualHost.AbsolutePath[1..],
            virtualHost.UserInfo.Split(':')[0],
        ]);
    }

    /// <summary>Gives them back.</summary>
    public async Task AllowAsync(Uri virtualHost) =>
        await (await _rabbitMq.Value).RabbitMqCtlAsync([
            "set_permissions",
            "--vhost",
            virtualHost.AbsolutePath[1..],
            virtualHost.UserInfo.Split(':')[0],
            ".*",
            ".*",
            ".*",
        ]);

    /// <summary>Stops what was started; drops the databases made on a given server.</summary>
    public async ValueTask DisposeAsync()
    {
        if (GivenPostgres is not null)
            foreach (var database in _databases)
                await ExecuteAsync(GivenPostgres, $"drop database if exists {database} with (force)");
        await Task.WhenAll(
            StopAsync(_postgres, shared => shared.Server),
            StopAsync(_rabbitMq, shared => shared.Server)
        );
    }

    private static async Task StopAsync<TShared>(Lazy<Task<TShared>> shared, Func<TShared, IAsyncDisposable> server)
    {
        // One that could not be started has failed the tests that asked for it, and nothing of it is left.
        if (shared.IsValueCreated && await Task.WhenAny(shared.Value) is { IsCompletedSuccessfully: true } started)
            await server(await started).DisposeAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
