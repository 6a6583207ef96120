using RabbitMQ.Client;
using RuangKerja.Events.Errors;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.Relay;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Errors;

[Trait("Promise", "P3")]
public sealed class When_messages_are_redriven(Servers servers)
{
    private const int Events = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_be_handled_with_the_same_ids_once_the_subscriber_is_repaired()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        var timedOut = Sequences(3, 6, 9).Select(number => bench.Published[number - 1]).ToList();
        await using var repaired = await bench.StartSubscriberAsync(_ => null);

        var dry = await bench.RunAsync([.. ErrorBench.Redrive, "--exception", "TimeoutException", "--dry-run"]);
        dry.Code.ShouldBe(0, dry.Error);
        repaired.Handled.ShouldBeEmpty();
        var run = await bench.RunAsync([.. ErrorBench.Redrive, "--exception", "TimeoutException"]);
        run.Code.ShouldBe(0, run.Error);

        ErrorBench.Number(run.Out, "moved").ShouldBe(3);
        ErrorBench.Number(dry.Out, "moved").ShouldBe(3);
        await Wait.Until(() => repaired.Handled.Count >= 3, Patience, "the redriven messages");
        repaired.Handled.Select(one => $"{one.MessageId}").ShouldBe(Ids(timedOut));
        repaired.Handled.Select(one => one.Change).ShouldBe(timedOut.Select(message => message.Change));
        var left = await bench.DrainAsync(ErrorBench.ErrorQueue);
        Ids(left).ShouldBe(Ids(bench.Published.Except(timedOut)));
    }

    [Fact]
    public async Task Should_be_what_was_published_to_the_byte()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        var one = bench.Published[4];
        await bench.Desk.SurveyAsync(ErrorBench.Names, most: 1_000, CancellationToken.None);

        var run = await bench.RunAsync([.. ErrorBench.Redrive, "--event", $"{one.Change.EventId}"]);

        run.Code.ShouldBe(0, run.Error);
        var moved = (await bench.DrainAsync(ErrorBench.Queue)).ShouldHaveSingleItem();
        moved.Body.ShouldBe(one.Body);
        // One is the receiving broker's; the other the sending client's, who numbers what it sends, and did when it sent it here.
        var headers = moved
            .Properties.Headers!.Keys.Except(["x-delivery-count", "x-dotnet-pub-seq-no"], StringComparer.Ordinal)
            .ToList();
        headers.ShouldBe(one.Properties.Headers!.Keys.Except(["x-dotnet-pub-seq-no"]), ignoreOrder: true);
        headers.ShouldAllBe(name => moved.Header(name) == one.Header(name));
        Told(moved.Properties).ShouldBe(Told(one.Properties));
    }

    [Fact]
    public async Task Should_not_go_round_while_the_subscriber_still_fails()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        await using var broken = await bench.StartSubscriberAsync(ErrorBench.Fault);

        var run = await bench.RunAsync([.. ErrorBench.Redrive, "--rate", "20"]);

        run.Code.ShouldBe(0, run.Error);
        ErrorBench.Number(run.Out, "moved").ShouldBe(Events);
        await Wait.Until(
            async () => await bench.CountAsync(ErrorBench.ErrorQueue) == Events,
            Patience,
            "all of them to have failed again"
        );
    }

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
        Ids(moved).Concat(Ids(left)).ShouldBe(Ids(bench.Published));
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
        var all = Ids(await bench.DrainAsync(ErrorBench.Queue))
            .Concat(Ids(await bench.DrainAsync(ErrorBench.ErrorQueue)));
        all.Distinct().ShouldBe(Ids(bench.Published), ignoreOrder: true);
    }

    [Fact]
    public async Task Should_stay_when_there_is_no_queue_to_move_them_to()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        await using var connection = await new ConnectionFactory { Uri = bench.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(ErrorBench.Queue);

        var run = await bench.RunAsync(ErrorBench.Redrive);

        run.Code.ShouldBe(2, run.Error);
        run.Error.ShouldContain("There is no queue 'hr-courses' to move messages to.");
        Ids(await bench.DrainAsync(ErrorBench.ErrorQueue)).ShouldBe(Ids(bench.Published));
    }

    [Fact]
    public async Task Should_stay_when_the_queue_goes_or_takes_nothing_meanwhile()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        await using var connection = await new ConnectionFactory { Uri = bench.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(ErrorBench.Queue);
        var limits = new Dictionary<string, object?> { ["x-max-length"] = 4, ["x-overflow"] = "reject-publish" };
        await channel.QueueDeclareAsync(ErrorBench.Queue, true, exclusive: false, autoDelete: false, limits);

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

        Ids(await bench.DrainAsync(ErrorBench.Queue)).ShouldBe(Ids(bench.Published.Take(4)));

        await using var process = bench.Start([.. ErrorBench.Redrive, "--rate", "2"]);
        await Wait.Until(async () => await bench.CountAsync(ErrorBench.Queue) >= 1, Patience, "the first one moved");
        var moved = await bench.DrainAsync(ErrorBench.Queue);
        await channel.QueueDeleteAsync(ErrorBench.Queue);
        (await process.WaitForExitAsync(Patience)).ShouldBe(2, process.Error);
        var left = await bench.DrainAsync(ErrorBench.ErrorQueue);
        ErrorBench.Number(process.Out, "moved").ShouldBeInRange(moved.Count, Events - 4 - left.Count);
        left.ShouldNotBeEmpty();
        Ids(left).ShouldBe(Ids(bench.Published.TakeLast(left.Count)));
    }

    [Fact]
    public async Task Should_be_in_one_of_the_two_queues_when_the_broker_goes_meanwhile()
    {
        await using var server = await RabbitMqServer.StartAsync();
        int moved;
        await using (var before = await ErrorBench.FillAsync(server.AmqpUri, Events))
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
                await after.CountAsync(ErrorBench.Queue) + await after.CountAsync(ErrorBench.ErrorQueue) >= Events,
            Patience,
            "what the process held"
        );
        var inQueue = await after.DrainAsync(ErrorBench.Queue);
        inQueue.Count.ShouldBeGreaterThanOrEqualTo(moved);
        var all = Ids(inQueue).Concat(Ids(await after.DrainAsync(ErrorBench.ErrorQueue)));
        all.Distinct().Count().ShouldBe(Events);
    }

    /// <summary>What is not taken is copied from the second time on, and only a part of the queue was to be moved.</summary>
    [Fact]
    public async Task Should_keep_their_order_when_a_part_of_them_cannot_be_moved()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 40);
        await using var connection = await new ConnectionFactory { Uri = bench.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(ErrorBench.Queue);
        var limits = new Dictionary<string, object?> { ["x-max-length"] = 1, ["x-overflow"] = "reject-publish" };
        await channel.QueueDeclareAsync(ErrorBench.Queue, true, exclusive: false, autoDelete: false, limits);
        await channel.BasicPublishAsync("", ErrorBench.Queue, "full"u8.ToArray());
        await Wait.Until(async () => await bench.CountAsync(ErrorBench.Queue) == 1, Patience, "a full queue");

        foreach (var most in (int[])[4, 20, 4, 20, int.MaxValue, 4])
        {
            var order = new RedriveOrder(new FaultChoice(), most, 10_000, DryRun: false);
            await Should.ThrowAsync<BrokerException>(() =>
                bench.Desk.RedriveAsync(ErrorBench.Names, order, _ => { }, CancellationToken.None)
            );
        }

        Ids(await bench.DrainAsync(ErrorBench.ErrorQueue)).ShouldBe(Ids(bench.Published));
    }

    [Fact]
    public async Task Should_not_be_called_done_while_somebody_else_holds_the_queue()
    {
        await using var bench = await ErrorBench.FillAsync(servers, Events);
        // It has a single active consumer.
        await using var other = await bench.HoldAsync(ErrorBench.ErrorQueue);

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

    /// <summary>More than are held, and than are on their way at once.</summary>
    [Fact]
    public async Task Should_leave_and_move_many()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 0);
        await using var connection = await new ConnectionFactory { Uri = bench.Broker }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync();
        var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum", ["x-delivery-limit"] = 1 };
        await channel.QueueDeclareAsync(ErrorBench.ErrorQueue, true, exclusive: false, autoDelete: false, quorum);
        for (var number = 0; number < 3_000; number++)
        {
            var fault = new Dictionary<string, object?> { ["MT-Fault-Message"] = number % 10 == 0 ? "dry" : "wet" };
            var properties = new BasicProperties
            {
                MessageId = $"{number}",
                Headers = fault,
                Persistent = true,
            };
            await channel.BasicPublishAsync("", ErrorBench.ErrorQueue, true, properties, "{}"u8.ToArray());
        }

        await Wait.Until(
            async () => await bench.CountAsync(ErrorBench.ErrorQueue) == 3_000,
            Patience,
            "all in the error queue"
        );
        for (var run = 0; run < 2; run++)
        {
            RedriveProgress? last = null;
            var order = new RedriveOrder(new FaultChoice { Exception = "dry" }, int.MaxValue, 10_000, DryRun: run == 0);
            await bench.Desk.RedriveAsync(ErrorBench.Names, order, now => last = now, CancellationToken.None);
            (last?.Waiting, last?.LookedAt, last?.Moved).ShouldBe((3_000, 3_000, 300));
        }

        var numbers = Enumerable.Range(0, 3_000).ToList();
        Ids(await bench.DrainAsync(ErrorBench.Queue)).ShouldBe(numbers.Where(n => n % 10 == 0).Select(n => $"{n}"));
        Ids(await bench.DrainAsync(ErrorBench.ErrorQueue)).ShouldBe(numbers.Where(n => n % 10 > 0).Select(n => $"{n}"));
    }

    private static IEnumerable<string?> Ids(IEnumerable<AmqpMessage> messages) =>
        messages.Select(message => message.Properties.MessageId);

    private static int[] Sequences(params int[] numbers) => numbers;

    private static string Told(IReadOnlyBasicProperties properties) =>
        $"{properties.MessageId} {properties.ContentType} {properties.ContentEncoding} {properties.DeliveryMode} "
        + $"{properties.CorrelationId} {properties.Expiration} {properties.Priority} {properties.ReplyTo} "
        + $"{properties.Timestamp.UnixTime} {properties.Type} {properties.AppId}";
}
