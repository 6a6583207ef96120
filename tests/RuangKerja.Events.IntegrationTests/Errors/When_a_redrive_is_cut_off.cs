using RabbitMQ.Client;
using RuangKerja.Events.Errors;
using RuangKerja.Events.Relay;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Errors;

/// <summary>A redrive that cannot go on, or is cut off: each message is in one of the two queues, or in both.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_redrive_is_cut_off(Servers servers)
{
    private const int Events = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_be_in_one_of_the_two_queues_when_the_command_is_interrupted()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        await using var process = bench.Start([.. ErrorBench.Redrive, "--rate", "1"]);
        await Wait.Until(async () => await bench.CountAsync(ErrorBench.Queue) >= 2, Patience, "the first ones moved");

        process.SendTerminate();

        (await process.WaitForExitAsync(Patience)).ShouldBe(130, process.Error);
        var moved = await bench.DrainAsync(ErrorBench.Queue);
        ErrorBench.Number(process.Out, "moved").ShouldBe(moved.Count);
        var left = await bench.DrainAsync(ErrorBench.ErrorQueue);
        left.ShouldNotBeEmpty();
        ErrorBench.Ids(moved).Concat(ErrorBench.Ids(left)).ShouldBe(ErrorBench.Ids(bench.Published));
    }

    [Fact]
    public async Task Should_be_in_one_of_the_two_queues_when_the_command_is_killed()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        await using (var process = bench.Start([.. ErrorBench.Redrive, "--rate", "5"]))
            await Wait.Until(
                async () => await bench.CountAsync(ErrorBench.Queue) >= 2,
                Patience,
                "the first ones moved"
            );

        await Wait.Until(
            async () =>
                await bench.CountAsync(ErrorBench.Queue) + await bench.CountAsync(ErrorBench.ErrorQueue) >= Events,
            Patience,
            "what the process held"
        );
        var all = ErrorBench
            .Ids(await bench.DrainAsync(ErrorBench.Queue))
            .Concat(ErrorBench.Ids(await bench.DrainAsync(ErrorBench.ErrorQueue)));
        all.Distinct().ShouldBe(ErrorBench.Ids(bench.Published), ignoreOrder: true);
    }

    [Fact]
    public async Task Should_stay_when_there_is_no_queue_to_move_them_to()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        await using var channel = await bench.Queues.OpenChannelAsync();
        await channel.QueueDeleteAsync(ErrorBench.Queue);

        var run = await bench.RunAsync(ErrorBench.Redrive);

        run.Code.ShouldBe(2, run.Error);
        run.Error.ShouldContain("There is no queue 'hr-courses' to move messages to.");
        ErrorBench.Ids(await bench.DrainAsync(ErrorBench.ErrorQueue)).ShouldBe(ErrorBench.Ids(bench.Published));
    }

    [Fact]
    public async Task Should_stay_when_the_queue_goes_or_takes_nothing_meanwhile()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        await using var channel = await bench.Queues.OpenChannelAsync();
        await bench.DeclareFullQueueAsync(room: 4);

        var full = await bench.RunAsync(ErrorBench.Redrive);

        full.Code.ShouldBe(9, full.Error);
        full.Error.ShouldContain("RabbitMQ refuses a message: queue 'hr-courses' is full");
        ErrorBench.Number(full.Out, "moved").ShouldBe(4);
        for (var again = 0; again < 3; again++)
        {
            var order = new RedriveOrder(new FaultChoice(), int.MaxValue, 10_000, DryRun: false);
            await Should.ThrowAsync<BrokerException>(() =>
                bench.Desk.RedriveAsync(ErrorBench.Names, order, _ => { }, CancellationToken.None)
            );
        }

        ErrorBench.Ids(await bench.DrainAsync(ErrorBench.Queue)).ShouldBe(ErrorBench.Ids(bench.Published.Take(4)));

        await using var process = bench.Start([.. ErrorBench.Redrive, "--rate", "1"]);
        await Wait.Until(async () => await bench.CountAsync(ErrorBench.Queue) >= 1, Patience, "the first one moved");
        var moved = await bench.DrainAsync(ErrorBench.Queue);
        await channel.QueueDeleteAsync(ErrorBench.Queue);
        (await process.WaitForExitAsync(Patience)).ShouldBe(2, process.Error);
        var left = await bench.DrainAsync(ErrorBench.ErrorQueue);
        ErrorBench.Number(process.Out, "moved").ShouldBeInRange(moved.Count, Events - 4 - left.Count);
        left.ShouldNotBeEmpty();
        ErrorBench.Ids(left).ShouldBe(ErrorBench.Ids(bench.Published.TakeLast(left.Count)));
    }

    [Fact]
    public async Task Should_be_in_one_of_the_two_queues_when_the_broker_goes_meanwhile()
    {
        // Half a minute's work at this rate: it is not done before the command that takes the connections has come up.
        const int many = 60;
        await using var server = await RabbitMqServer.StartAsync();
        int moved;
        await using (var before = await ErrorBench.FillAsync(server.AmqpUri, many))
        {
            await using var process = before.Start([.. ErrorBench.Redrive, "--rate", "2"]);
            await Wait.Until(
                async () => await before.CountAsync(ErrorBench.Queue) >= 1,
                Patience,
                "the first one moved"
            );
            await server.RabbitMqCtlAsync("close_all_connections", "a test");
            (await process.WaitForExitAsync(Patience)).ShouldBe(9, process.Error);
            process.Error.ShouldContain("the connection to RabbitMQ has ended");
            moved = ErrorBench.Number(process.Out, "moved");
        }

        await using var after = await ErrorBench.LookAsync(server.AmqpUri);
        await Wait.Until(
            async () =>
                await after.CountAsync(ErrorBench.Queue) + await after.CountAsync(ErrorBench.ErrorQueue) >= many,
            Patience,
            "what the process held"
        );
        var inQueue = await after.DrainAsync(ErrorBench.Queue);
        inQueue.Count.ShouldBeGreaterThanOrEqualTo(moved);
        var all = ErrorBench.Ids(inQueue).Concat(ErrorBench.Ids(await after.DrainAsync(ErrorBench.ErrorQueue)));
        all.Distinct().Count().ShouldBe(many);
    }

    /// <summary>What is not taken is copied from the second time on, and only a part of the queue was to be moved.</summary>
    [Fact]
    public async Task Should_keep_their_order_when_a_part_of_them_cannot_be_moved()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 40);
        await using var channel = await bench.Queues.OpenChannelAsync();
        await bench.DeclareFullQueueAsync(room: 1);
        await channel.BasicPublishAsync("", ErrorBench.Queue, "full"u8.ToArray());
        await Wait.Until(async () => await bench.CountAsync(ErrorBench.Queue) == 1, Patience, "a full queue");

        foreach (var most in (int[])[4, 20, 4, 20, int.MaxValue, 4])
        {
            var order = new RedriveOrder(new FaultChoice(), most, 10_000, DryRun: false);
            await Should.ThrowAsync<BrokerException>(() =>
                bench.Desk.RedriveAsync(ErrorBench.Names, order, _ => { }, CancellationToken.None)
            );
        }

        ErrorBench.Ids(await bench.DrainAsync(ErrorBench.ErrorQueue)).ShouldBe(ErrorBench.Ids(bench.Published));
    }

    [Fact]
    public async Task Should_not_be_called_done_while_somebody_else_holds_the_queue()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        // It has a single active consumer.
        await using var other = await bench.Queues.HoldAsync(ErrorBench.ErrorQueue);

        var run = await bench.RunAsync(ErrorBench.Redrive);

        run.Code.ShouldBe(9, run.Error);
        run.Error.ShouldContain($"RabbitMQ has handed out 0 of the {Events - 1} messages that waited");
        (ErrorBench.Number(run.Out, "moved"), ErrorBench.Number(run.Out, "consumers")).ShouldBe((0, 1));
    }

    [Fact]
    public async Task Should_say_so_when_the_broker_is_away()
    {
        var settings = new Dictionary<string, string> { ["Relay:RabbitMqUri"] = "amqp://nobody:nothing@127.0.0.1:1/" };

        var run = await Service.ServiceProcess.RunAsync(settings, ErrorBench.Redrive);

        run.Code.ShouldBe(9, run.Error);
        run.Error.ShouldContain("Redriving queue 'hr-courses_error': RabbitMQ cannot be used");
        run.Error.ShouldNotContain("   at ");
    }
}
