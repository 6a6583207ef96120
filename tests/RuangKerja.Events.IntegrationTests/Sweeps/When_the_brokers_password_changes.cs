using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Sweeps;

/// <summary>The one instance there is gets its commands again, whichever of broker and file has the password first.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_brokers_password_changes(Servers servers)
{
    private const string User = "rotating";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F23_P1_Should_sweep_on_when_the_broker_has_it_before_the_file()
    {
        using var file = new RotatedFile();
        using var log = new LogLines();
        await using var rabbitMq = await StartBrokerAsync("old");
        await using var deployment = await PrepareAsync(rabbitMq, file, "old");
        await deployment.StartPipelineAsync(log);
        await deployment.WaitForSweepAsync();

        await rabbitMq.RabbitMqCtlAsync("change_password", User, "new");
        await rabbitMq.RabbitMqCtlAsync("close_all_connections", "the password has changed");
        await WaitForRefusalAsync(deployment, log);
        var before = await deployment.Sweeps.ReadAsync(Courses.Company.Default, CancellationToken.None);
        file.Replace("old", "new");

        await Wait.Until(
            async () =>
                await deployment.Sweeps.ReadAsync(Courses.Company.Default, CancellationToken.None)
                    is { FinishedAt: not null } sweep
                && sweep.StartedAt > before!.StartedAt,
            Patience,
            "another sweep to finish"
        );
    }

    [Fact]
    public async Task F23_P1_Should_sweep_when_it_is_put_right_after_the_start()
    {
        using var file = new RotatedFile();
        using var log = new LogLines();
        await using var rabbitMq = await StartBrokerAsync("right");
        await using var deployment = await PrepareAsync(rabbitMq, file, "wrong");
        await deployment.StartPipelineAsync(log);
        await WaitForRefusalAsync(deployment, log);

        file.Replace("wrong", "right");

        var sweep = await deployment.WaitForSweepAsync();
        (sweep.Swept, sweep.Refused, sweep.Failed).ShouldBe((13, 1, 0));
    }

    private static async Task<RabbitMqServer> StartBrokerAsync(string password)
    {
        var rabbitMq = await RabbitMqServer.StartAsync();
        await rabbitMq.RabbitMqCtlAsync("add_user", User, password);
        await rabbitMq.RabbitMqCtlAsync("set_permissions", User, ".*", ".*", ".*");
        return rabbitMq;
    }

    private async Task<Deployment> PrepareAsync(RabbitMqServer rabbitMq, RotatedFile file, string password)
    {
        var deployment = await Deployment.PrepareAsync(
            await servers.CreateDatabaseAsync(),
            rabbitMq.AmqpUri,
            new SimulatorOptions { Employees = 60 }
        );
        deployment.SweepAs(new RosterOptions { Interval = TimeSpan.FromSeconds(1) });
        var uri = new UriBuilder(rabbitMq.AmqpUri) { UserName = User, Password = password }.Uri;
        deployment.Configure(options =>
            options with
            {
                Relay = options.Relay with
                {
                    RabbitMqUri = uri,
                    RabbitMqUriFile = file.Holding($"{uri}"),
                    SafetyInterval = TimeSpan.FromSeconds(1),
                    ConsumerPatience = TimeSpan.FromSeconds(2),
                },
            }
        );
        return deployment;
    }

    /// <summary>Only then the fault is there: MassTransit gives the endpoint up, in a line of its own log.</summary>
    private static async Task WaitForRefusalAsync(Deployment deployment, LogLines log)
    {
        await Wait.Until(
            () =>
                deployment
                    .FailureOf(PipelinePart.Broker)
                    ?.Contains("refuses the user or password", StringComparison.Ordinal) == true,
            Patience,
            "health to name the password"
        );
        await Wait.Until(
            () => log.Of(0).Any(line => line.Contains("Cannot Retry", StringComparison.Ordinal)),
            Patience,
            "MassTransit to give the endpoint up"
        );
    }
}
