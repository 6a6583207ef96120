using DotNet.Testcontainers.Containers;
using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace RuangKerja.Events.IntegrationTests;

/// <summary>The servers for all tests, as containers. Tests that disturb a server still start a program of their own.</summary>
internal static class SharedServers
{
    public static async Task<SharedPostgres> StartPostgresAsync()
    {
        var container = new PostgreSqlBuilder("postgres:17.5-bookworm")
            .WithEnvironment("POSTGRES_INITDB_ARGS", "--locale=C --encoding=UTF8")
            .WithCommand("-c", "max_connections=300", "-c", "timezone=UTC")
            .Build();
        await StartAsync(container);
        return new SharedPostgres(container.GetConnectionString(), container);
    }

    public static async Task<SharedRabbitMq> StartRabbitMqAsync()
    {
        var container = new RabbitMqBuilder("rabbitmq:4.1.0").Build();
        await StartAsync(container);
        return new SharedRabbitMq(new Uri(container.GetConnectionString()), RabbitMqCtlAsync, container);

        async Task RabbitMqCtlAsync(string[] arguments)
        {
            var result = await container.ExecAsync(["rabbitmqctl", .. arguments]);
            result.ExitCode.ShouldBe(0, result.Stderr);
        }
    }

    private static async Task StartAsync(IContainer container)
    {
        try
        {
            await container.StartAsync();
        }
        // What does not get ready is there all the same.
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }
}
