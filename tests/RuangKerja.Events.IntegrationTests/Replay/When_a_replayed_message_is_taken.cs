using System.Collections.Concurrent;
using System.Text.Json;
using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>A replayed message is the live one, but for what tells that it is replayed.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replayed_message_is_taken(Servers servers)
{
    [Fact]
    public async Task Should_be_the_live_message_but_for_what_tells_them_apart()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);
        await using var live = await AmqpQueue.BindAsync(bench.Broker, RelayFixture.BaseExchange);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        var stored = (await bench.Store.History.ReadAsync([3], default)).Single();
        await PublishAsync(bench, stored);
        await bench.StartWorkerAsync();
        var job = await bench.AskAsync(
            ReplayBench.To("reports", filter: new EventFilter { FirstSequence = 3, LastSequence = 3 })
        );
        await queue.WaitForAsync(1);
        await live.WaitForAsync(1);

        var (was, now) = (live.Received[0], queue.Received[0]);
        var id = ReplayMessageId.Of(stored.EventId, job.Id);

        now.Properties.MessageId.ShouldBe($"{id}");
        now.Properties.ContentType.ShouldBe(was.Properties.ContentType);
        now.Properties.DeliveryMode.ShouldBe(was.Properties.DeliveryMode);
        foreach (var property in typeof(RabbitMQ.Client.IReadOnlyBasicProperties).GetProperties().Select(p => p.Name))
        {
            if (property is not ("MessageId" or "Headers"))
                typeof(RabbitMQ.Client.IReadOnlyBasicProperties)
                    .GetProperty(property)!
                    .GetValue(now.Properties)
                    .ShouldBe(
                        typeof(RabbitMQ.Client.IReadOnlyBasicProperties)
                            .GetProperty(property)!
                            .GetValue(was.Properties),
                        property
                    );
        }

        now.Properties.Headers!.Keys.ShouldBe(
            [.. was.Properties.Headers!.Keys.Where(key => key != Tracking), "replayId", "replayed"],
            ignoreOrder: true
        );
        foreach (var header in was.Properties.Headers!.Keys.Where(key => key != Tracking))
            now.Header(header).ShouldBe(was.Header(header), header);
        now.Header("replayId").ShouldBe($"{job.Id}");
        now.Properties.Headers!["replayed"].ShouldBe(true);

        var (then, envelope) = (Members(was.Envelope), Members(now.Envelope));
        envelope.Keys.ShouldBe(then.Keys, ignoreOrder: true);
        string[] others = ["messageId", "conversationId", "destinationAddress", "sentTime", "headers"];
        foreach (var member in then.Keys.Except(others))
            envelope[member].ShouldBe(then[member], member);
        envelope["messageId"].ShouldBe($"\"{id}\"");
        envelope["destinationAddress"].ShouldEndWith("/reports\"");
        now.Envelope.GetProperty("headers").GetProperty("replayed").GetBoolean().ShouldBeTrue();
        now.Change.ShouldBe(was.Change);
    }

    [Fact]
    public async Task Should_be_taken_by_a_consumer_of_masstransit()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);
        var taken = new ConcurrentQueue<(Guid? MessageId, CourseCompleted Change, Guid? Replay, bool? Replayed)>();
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(bench.Broker);
            rabbit.ReceiveEndpoint(
                "reports",
                endpoint =>
                {
                    endpoint.ConfigureConsumeTopology = false;
                    endpoint.Handler<CourseCompleted>(context =>
                    {
                        var headers = context.Headers;
                        taken.Enqueue(
                            (
                                context.MessageId,
                                context.Message,
                                headers.Get<Guid>("replayId"),
                                headers.Get<bool>("replayed")
                            )
                        );
                        return Task.CompletedTask;
                    });
                }
            );
        });
        using var deadline = new CancellationTokenSource(ReplayBench.Patience);
        await bus.StartAsync(deadline.Token);
        await bench.StartWorkerAsync();

        var job = await bench.AskAsync(ReplayBench.To("reports"));
        await Wait.Until(() => !taken.IsEmpty, ReplayBench.Patience, "the completion");
        await bus.StopAsync(deadline.Token);

        var (messageId, change, replay, replayed) = taken.ShouldHaveSingleItem();
        (change.Version, replay, replayed).ShouldBe((3, job.Id, true));
        messageId.ShouldBe(ReplayMessageId.Of(change.EventId, job.Id));
    }

    // The client's own, of a publisher that lets it track confirms.
    private const string Tracking = "x-dotnet-pub-seq-no";

    private static async Task PublishAsync(ReplayBench bench, StoredEvent stored)
    {
        await using var relay = await RelayFixture.StartAsync(bench.Broker);
        var pending = new PendingEvent(
            stored.Sequence,
            stored.EventId,
            stored.AssignmentId,
            stored.Version,
            stored.Change
        );
        await relay.Publisher.PublishAsync(Messages.From(Company.Default, pending, stored.Change!), default);
    }

    private static Dictionary<string, string> Members(JsonElement envelope) =>
        envelope.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetRawText());
}
