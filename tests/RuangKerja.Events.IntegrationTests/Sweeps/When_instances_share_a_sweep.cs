using Microsoft.Extensions.Hosting;
using RabbitMQ.Client;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Sweeps;

/// <summary>Twelve online courses, a webinar and an offline one, whoever is there to read them.</summary>
[Trait("Promise", "P1")]
public sealed class When_instances_share_a_sweep(Servers servers)
{
    private const string Done = "select course_serial from ruangkerja.sweep_progress where state <> 'pending'";

    private static readonly SimulatorOptions Small = new() { Employees = 60 };
    private static readonly RosterOptions OneByOne = new() { Parallelism = 1 };
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_read_every_course_once_between_them()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Small);
        deployment.SweepAs(OneByOne);
        deployment.Simulator.Faults.Delay = TimeSpan.FromMilliseconds(300);
        using var one = new LogLines();
        using var other = new LogLines();

        var instances = await Task.WhenAll(deployment.StartInstanceAsync(one), deployment.StartInstanceAsync(other));
        var sweep = await deployment.WaitForSweepAsync();
        foreach (var instance in instances)
        {
            await instance.StopAsync();
            instance.Dispose();
        }

        (sweep.Swept, sweep.Refused).ShouldBe((13, 1));
        RostersAskedFor(deployment).ShouldBeUnique();
        (Read(one) + Read(other)).ShouldBe(13);
        (Read(one), Read(other)).ShouldNotBe((13, 0));
        (Read(one), Read(other)).ShouldNotBe((0, 13));
        await deployment.ShouldHoldTheTruthAsync();
    }

    [Fact]
    public async Task Should_go_on_where_it_stood_after_a_kill_and_after_a_stop()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Small);
        deployment.SweepAs(OneByOne);
        deployment.Simulator.Faults.Delay = TimeSpan.FromMilliseconds(500);

        await using (ServiceProcess.Start(deployment.Settings, "run"))
            await WaitUntilDoneAsync(deployment, 3);

        var afterKill = await deployment.ColumnAsync(Done);
        deployment.Simulator.Requests.Clear();
        await using (var stopped = ServiceProcess.Start(deployment.Settings, "run"))
        {
            await WaitUntilDoneAsync(deployment, afterKill.Count + 2);
            // In the middle of a page that does not come.
            deployment.Simulator.Faults.Delay = TimeSpan.FromSeconds(25);
            var asked = deployment.Simulator.Requests.Count(UpstreamEndpoint.Roster);
            await Wait.Until(
                () => deployment.Simulator.Requests.Count(UpstreamEndpoint.Roster) > asked,
                Soon,
                "a course that takes long"
            );
            stopped.SendTerminate();
            (await stopped.WaitForExitAsync(TimeSpan.FromSeconds(10))).ShouldBe(0, stopped.Error);
        }

        var afterStop = await deployment.ColumnAsync(Done);
        (
            await deployment.ColumnAsync(
                "select count(*) from ruangkerja.sweep_progress where state = 'pending' and due_at <= now() and not handed_out"
            )
        ).ShouldNotBe(["0"], "the course is given back");
        RostersAskedFor(deployment).Intersect(afterKill).ShouldBeEmpty("those were done");
        deployment.Simulator.Requests.Clear();
        deployment.Simulator.Faults.Delay = TimeSpan.Zero;

        await using var last = ServiceProcess.Start(deployment.Settings, "run");
        var sweep = await deployment.WaitForSweepAsync();

        (sweep.Swept, sweep.Refused, sweep.Failed).ShouldBe((13, 1, 0));
        RostersAskedFor(deployment).Intersect(afterStop).ShouldBeEmpty("those were done");
        await deployment.WaitForBootstrapAsync();
        await deployment.ShouldHoldTheTruthAsync();
    }

    [Fact]
    public async Task Should_hand_out_again_what_was_lost_with_the_queue()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Small);
        deployment.SweepAs(OneByOne);
        deployment.Simulator.Faults.Delay = TimeSpan.FromMilliseconds(500);
        await deployment.StartPipelineAsync();
        await WaitUntilDoneAsync(deployment, 2);

        await using (var connection = await new ConnectionFactory { Uri = deployment.Broker }.CreateConnectionAsync())
        await using (var channel = await connection.CreateChannelAsync())
            (await channel.QueueDeleteAsync(SweepQueue.Name)).ShouldBeGreaterThan(0u, "commands are lost");
        deployment.Simulator.Faults.Delay = TimeSpan.Zero;

        // Five minutes later, as it were; a command that finds no queue yet is handed out again.
        await Wait.Until(
            async () =>
            {
                await deployment.MakeCoursesDueAsync();
                return (await deployment.Sweeps.ReadAsync(Courses.Company.Default, CancellationToken.None))!.FinishedAt
                    is not null;
            },
            Soon,
            "the end of the sweep"
        );
        await deployment.ShouldHoldTheTruthAsync();
    }

    [Fact]
    public async Task Should_wait_for_a_broker_that_is_away_and_say_so()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await broker.StopAsync();
        await using var deployment = await Deployment.PrepareAsync(
            await servers.CreateDatabaseAsync(),
            broker.AmqpUri,
            Small
        );
        await deployment.StartPipelineAsync();

        await Wait.Until(
            () =>
                deployment.FailureOf(PipelinePart.Sweep)?.Contains("Relay:RabbitMqUri", StringComparison.Ordinal)
                == true,
            TimeSpan.FromSeconds(30),
            "health to tell"
        );
        var told = deployment.FailureOf(PipelinePart.Sweep)!;
        told.ShouldContain(SweepQueue.Name);
        told.ShouldNotContain("task was canceled");

        await broker.StartAgainAsync();
        var sweep = await deployment.WaitForSweepAsync();
        (sweep.Swept, sweep.Refused, sweep.Failed).ShouldBe((13, 1, 0));
        await Wait.Until(() => deployment.FailureOf(PipelinePart.Sweep) is null, Soon, "health to be well");
        (await broker.RabbitMqCtlAsync("list_queues", "name", "type"))
            .Split('\n')
            .Where(line => line.StartsWith(SweepQueue.Name))
            .ShouldBe([$"{SweepQueue.Name}\tquorum"]);
    }

    /// <summary>The serials of the courses whose rosters were asked for, each request.</summary>
    private static List<string> RostersAskedFor(Deployment deployment) =>
        [
            .. deployment
                .Simulator.Requests.Latest.Where(request => request.Endpoint == UpstreamEndpoint.Roster)
                .Select(request => request.Path.Split('/')[4]),
        ];

    /// <summary>How many rosters an instance has read, as its log tells.</summary>
    private static int Read(LogLines log) => log.Of(eventId: 234).Count;

    private static Task WaitUntilDoneAsync(Deployment deployment, int courses) =>
        Wait.Until(async () => (await deployment.ColumnAsync(Done)).Count >= courses, Soon, $"{courses} courses");
}
