using Testcontainers.PostgreSql;
using Testcontainers.RabbitMq;

namespace RuangKerja.Events.IntegrationTests;

/// <summary>The servers for all tests, as containers. Tests that disturb a server still start a program of their own.</summary>
internal static class SharedServers
{
    public static async Task<SharedPostgres> StartPostgresAsync()
    {
        var container = new PostgreSqlBuilder("postgres:17").WithCommand("-c", "max_connections=300").Build();
        await container.StartAsync();
        return new SharedPostgres(container.GetConnectionString(), container);
    }

    public static async Task<SharedRabbitMq> StartRabbitMqAsync()
    {
        var container = new RabbitMqBuilder("rabbitmq:4").Build();
        await container.StartAsync();
        return new SharedRabbitMq(new Uri(container.GetConnectionString()), RabbitMqCtlAsync, container);

        async Task RabbitMqCtlAsync(string[] arguments)
        {
            var result = await container.ExecAsync(["rabbitmqctl", .. arguments]);
            result.ExitCode.ShouldBe(0, result.Stderr);
        }
    }
}
