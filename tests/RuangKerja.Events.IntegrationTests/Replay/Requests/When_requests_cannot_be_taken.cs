using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Replay.Requests;

/// <summary>The bus's door does not open: everything else goes on.</summary>
[Trait("Promise", "P1")]
public sealed class When_requests_cannot_be_taken(Servers servers)
{
    private const string User = "limited";
    private const string Rights = $"^(?!{ReplayRequestQueue.Name}).*";

    [Fact]
    public async Task Should_sweep_rosters_without_rights_to_the_queue_of_requests()
    {
        await using var rabbitMq = await RabbitMqServer.StartAsync();
        await rabbitMq.RabbitMqCtlAsync("add_user", User, "password");
        await rabbitMq.RabbitMqCtlAsync("set_permissions", User, Rights, Rights, Rights);
        await using var deployment = await Deployment.PrepareAsync(
            await servers.CreateDatabaseAsync(),
            rabbitMq.AmqpUri,
            new SimulatorOptions { Employees = 20, Courses = 4 }
        );
        deployment.SweepAs(new RosterOptions { Interval = TimeSpan.FromSeconds(1) });
        deployment.Configure(options =>
            options with
            {
                Relay = options.Relay with
                {
                    RabbitMqUri = new UriBuilder(rabbitMq.AmqpUri) { UserName = User, Password = "password" }.Uri,
                    ConsumerPatience = TimeSpan.FromSeconds(2),
                },
            }
        );

        using var log = new LogLines();

        await deployment.StartPipelineAsync(log);

        var sweep = await deployment.WaitForSweepAsync();
        sweep.Swept.ShouldBeGreaterThanOrEqualTo(4);
        sweep.Failed.ShouldBe(0);
        await Wait.Until(
            () => log.Of(422).Any(line => line.Contains("'replay-requests'", StringComparison.Ordinal)),
            TimeSpan.FromSeconds(60),
            "the bus of requests to be opened anew"
        );
    }
}
