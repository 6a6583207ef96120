using RabbitMQ.Client;
using RuangKerja.Events.IntegrationTests.Subscriber;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.IntegrationTests.Errors;

/// <summary>What the broker has handed out too often, and an operator gives back.</summary>
[Trait("Promise", "P3")]
public sealed class When_dead_letters_are_redriven(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Redrive = [.. ErrorBench.Redrive, "--dead"];

    /// <summary>The inbox in memory has forgotten all that was before; only the message can tell that it is not outdated.</summary>
    [Fact]
    public async Task Should_be_handled_as_late_as_they_are()
    {
        await using var bench = await ErrorBench.LookAsync(await servers.CreateVirtualHostAsync());
        await using var publisher = await Publisher.StartAsync(bench.Broker);
        await using (await SubscribedService.StartAsync<RecordingConsumer>(bench.Broker, Limited)) { }
        var assignment = new TestAssignment();
        var (deadly, later) = (assignment.Completed(), assignment.Reopened());
        await publisher.PublishAsync(deadly);
        await bench.Queues.TakeAndDieAsync(ErrorBench.Queue, times: 3);
        await Wait.Until(async () => await bench.CountAsync(ErrorBench.DeadQueue) == 1, Patience, "a dead letter");
        await using var mended = await SubscribedService.StartAsync<RecordingConsumer>(bench.Broker, Limited);
        await publisher.PublishAsync(later);
        await mended.Recorder.WaitForAsync(later);

        var run = await bench.RunAsync(Redrive);

        run.Code.ShouldBe(0, run.Error);
        ErrorBench.Number(run.Out, "moved").ShouldBe(1);
        await mended.Recorder.WaitForAsync(deadly);
        mended.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([2, 1]);

        static void Limited(SubscriberOptions options) =>
            (options.Queue, options.DeliveryLimit) = (ErrorBench.Queue, 2);
    }

    [Fact]
    public async Task Should_come_back_as_published_but_for_the_header_that_tells_of_it()
    {
        await using var bench = await ErrorBench.LookAsync(await servers.CreateVirtualHostAsync());
        await using var channel = await bench.Queues.OpenChannelAsync();
        var quorum = new Dictionary<string, object?> { ["x-queue-type"] = "quorum" };
        await channel.QueueDeclareAsync(ErrorBench.DeadQueue, true, exclusive: false, autoDelete: false, quorum);
        var limited = new Dictionary<string, object?>(quorum)
        {
            ["x-delivery-limit"] = 1,
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = ErrorBench.DeadQueue,
        };
        await channel.QueueDeclareAsync(ErrorBench.Queue, true, exclusive: false, autoDelete: false, limited);
        var properties = new BasicProperties
        {
            MessageId = "1",
            Persistent = true,
            Headers = new Dictionary<string, object?> { ["cloudEvents:type"] = "x" },
        };
        await channel.BasicPublishAsync("", ErrorBench.Queue, mandatory: true, properties, "{}"u8.ToArray());

        // Twice: one that is not as published would be dropped as one that goes in circles.
        for (var round = 0; round < 2; round++)
        {
            await bench.Queues.TakeAndDieAsync(ErrorBench.Queue, times: 2);
            await Wait.Until(async () => await bench.CountAsync(ErrorBench.DeadQueue) == 1, Patience, "a dead letter");
            var list = await bench.RunAsync("errors", "list", "--queue", ErrorBench.Queue, "--dead");
            list.Code.ShouldBe(0, list.Error);
            list.Out.ShouldContain("1 messages in 'hr-courses_dead'.");
            list.Out.ShouldContain("delivery_limit");
            var show = await bench.RunAsync("errors", "show", "--queue", ErrorBench.Queue, "--dead");
            show.Out.ShouldContain("cloudEvents:type");
            var run = await bench.RunAsync(Redrive);
            run.Code.ShouldBe(0, run.Error);
            ErrorBench.Number(run.Out, "moved").ShouldBe(1);
        }

        var back = (await bench.DrainAsync(ErrorBench.Queue)).ShouldHaveSingleItem();
        (back.Properties.MessageId, back.Body).ShouldBe(("1", "{}"));
        back.Properties.Headers!.Keys.Except(["x-delivery-count", "x-dotnet-pub-seq-no"])
            .ShouldBe(["cloudEvents:type", "ruangkerja-given-up"], ignoreOrder: true);
        back.Header("ruangkerja-given-up").ShouldBe("true");
    }
}
