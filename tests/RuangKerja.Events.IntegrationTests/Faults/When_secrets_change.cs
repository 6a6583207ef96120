using Npgsql;
using RuangKerja.Events.Diagnostics;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Passwords are changed on the servers and in the files they are read from, and the service runs on.</summary>
[Trait("Promise", "P1")]
public sealed class When_secrets_change(Servers servers)
{
    private const string User = "rotating";

    [Fact]
    public async Task F23_P1_Should_go_on_with_new_passwords_without_a_restart()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await rabbitMq.RabbitMqCtlAsync("add_user", User, "old");
        await rabbitMq.RabbitMqCtlAsync("set_permissions", User, ".*", ".*", ".*");
        await using var bench = await FaultBench.PrepareAsync(await servers.CreateDatabaseAsync(), rabbitMq.AmqpUri);
        var role = $"rotating_{Guid.NewGuid():N}";
        await bench.Deployment.ColumnAsync($"create role {role} superuser login password 'old'");
        using var broker = new RotatedFile();
        using var database = new RotatedFile();
        UseFiles(bench, role, broker, database);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        // The files are late: what connects meanwhile is refused, and says so.
        await rabbitMq.RabbitMqCtlAsync("change_password", User, "new");
        await bench.Deployment.ColumnAsync($"alter role {role} password 'new'");
        bench.Broker.ResetAll();
        bench.Database.ResetAll();
        await bench.WaitForTroubleAsync(PipelinePart.Broker, "refuses the user or password");
        await bench.WaitForTroubleAsync(PipelinePart.Database, "28P01");

        broker.Replace("old", "new");
        database.Replace("old", "new");
        await bench.LiveUntilReceivedAsync(20);

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForWellAsync();
        await bench.Deployment.StopPipelineAsync();
        await bench.Deployment.ColumnAsync($"drop role {role}");
    }

    [Fact]
    public async Task F23_P1_Should_publish_when_the_brokers_password_is_put_right_after_the_start()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await rabbitMq.RabbitMqCtlAsync("add_user", User, "right");
        await rabbitMq.RabbitMqCtlAsync("set_permissions", User, ".*", ".*", ".*");
        await using var bench = await FaultBench.PrepareAsync(await servers.CreateDatabaseAsync(), rabbitMq.AmqpUri);
        using var file = new RotatedFile();
        var wrong = new UriBuilder(bench.Deployment.Options.Relay.RabbitMqUri) { UserName = User, Password = "wrong" };
        bench.RelayAs(relay => relay with { RabbitMqUri = wrong.Uri, RabbitMqUriFile = file.Holding($"{wrong.Uri}") });
        await bench.StartPipelineAsync();
        await bench.Deployment.LiveAsync(transitions: 20);
        await bench.WaitForTroubleAsync(PipelinePart.Relay, "refuses the user or password");

        file.Replace("wrong", "right");

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForWellAsync();
    }

    private static void UseFiles(FaultBench bench, string role, RotatedFile broker, RotatedFile database) =>
        bench.Deployment.Configure(options =>
        {
            var uri = new UriBuilder(options.Relay.RabbitMqUri) { UserName = User, Password = "old" }.Uri;
            var connection = new NpgsqlConnectionStringBuilder(options.Storage.ConnectionString)
            {
                Username = role,
                Password = "old",
            }.ConnectionString;
            return options with
            {
                Relay = options.Relay with { RabbitMqUri = uri, RabbitMqUriFile = broker.Holding($"{uri}") },
                Storage = options.Storage with
                {
                    ConnectionString = connection,
                    ConnectionStringFile = database.Holding(connection),
                },
            };
        });
}
