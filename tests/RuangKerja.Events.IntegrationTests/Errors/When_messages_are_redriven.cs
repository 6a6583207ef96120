using RabbitMQ.Client;
using RuangKerja.Events.Errors;

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
        var timedOut = new[] { 3, 6, 9 }.Select(number => bench.Published[number - 1]).ToList();
        await using var repaired = await bench.StartSubscriberAsync(_ => null);

        var dry = await bench.RunAsync([.. ErrorBench.Redrive, "--exception", "TimeoutException", "--dry-run"]);
        dry.Code.ShouldBe(0, dry.Error);
        repaired.Handled.ShouldBeEmpty();
        var run = await bench.RunAsync([.. ErrorBench.Redrive, "--exception", "TimeoutException"]);
        run.Code.ShouldBe(0, run.Error);

        ErrorBench.Number(run.Out, "moved").ShouldBe(3);
        ErrorBench.Number(dry.Out, "moved").ShouldBe(3);
        await Wait.Until(() => repaired.Handled.Count >= 3, Patience, "the redriven messages");
        repaired.Handled.Select(one => $"{one.MessageId}").ShouldBe(ErrorBench.Ids(timedOut));
        repaired.Handled.Select(one => one.Change).ShouldBe(timedOut.Select(message => message.Change));
        var left = await bench.DrainAsync(ErrorBench.ErrorQueue);
        ErrorBench.Ids(left).ShouldBe(ErrorBench.Ids(bench.Published.Except(timedOut)));
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

    /// <summary>More than are held, and than are on their way at once.</summary>
    [Fact]
    public async Task Should_leave_and_move_many()
    {
        await using var bench = await ErrorBench.FillAsync(servers, events: 0);
        await using var channel = await bench.Queues.OpenChannelAsync();
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
        ErrorBench
            .Ids(await bench.DrainAsync(ErrorBench.Queue))
            .ShouldBe(numbers.Where(n => n % 10 == 0).Select(n => $"{n}"));
        ErrorBench
            .Ids(await bench.DrainAsync(ErrorBench.ErrorQueue))
            .ShouldBe(numbers.Where(n => n % 10 > 0).Select(n => $"{n}"));
    }

    private static string Told(IReadOnlyBasicProperties properties) =>
        $"{properties.MessageId} {properties.ContentType} {properties.ContentEncoding} {properties.DeliveryMode} "
        + $"{properties.CorrelationId} {properties.Expiration} {properties.Priority} {properties.ReplyTo} "
        + $"{properties.Timestamp.UnixTime} {properties.Type} {properties.AppId}";
}
