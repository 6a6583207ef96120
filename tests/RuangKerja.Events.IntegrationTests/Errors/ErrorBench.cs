using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Errors;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.IntegrationTests.Subscriber;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.IntegrationTests.Errors;

/// <summary>An error queue that MassTransit has filled with real events, a desk to work on it, and a plain client to look at it.</summary>
internal sealed class ErrorBench : IAsyncDisposable
{
    public const string Queue = "hr-courses";
    public const string ErrorQueue = "hr-courses_error";
    public const string DeadQueue = "hr-courses_dead";

    public static readonly string[] Redrive = ["errors", "redrive", "--queue", Queue, "--output", "json"];

    /// <summary>What no attempt could handle.</summary>
    public static readonly ErrorQueueNames Names = new(Queue, ErrorQueueNames.Failed);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly QueueKind _kind;

    private ErrorBench(Uri broker, BrokerQueues queues, QueueKind kind)
    {
        (Broker, Queues, _kind) = (broker, queues, kind);
        Desk = DeskBy(TimeProvider.System);
    }

    public Uri Broker { get; }

    public BrokerQueues Queues { get; }

    public ErrorDesk Desk { get; }

    /// <summary>The messages as they were published, in order.</summary>
    public required IReadOnlyList<AmqpMessage> Published { get; init; }

    /// <summary>Publishes so many events, all of which fail: every third one with a timeout, the others for the data.</summary>
    public static async Task<ErrorBench> FillAsync(Servers servers, int events, QueueKind kind = QueueKind.Quorum) =>
        await FillAsync(await servers.CreateVirtualHostAsync(), events, kind);

    public static async Task<ErrorBench> FillAsync(Uri broker, int events, QueueKind kind = QueueKind.Quorum)
    {
        await using var witness = await AmqpQueue.BindAsync(broker, RelayFixture.BaseExchange);
        await using var relay = await RelayFixture.StartAsync(broker);
        await using var subscriber = await FailingSubscriber.StartAsync(broker, Queue, kind, Fault);
        for (var number = 1; number <= events; number++)
            await relay.Publisher.PublishAsync(
                RelayFixture.Change() with
                {
                    EmployeeId = $"ID-{number}",
                    Sequence = number,
                },
                CancellationToken.None
            );
        await witness.WaitForAsync(events);
        var bench = await LookAsync(broker, kind, witness.Received);
        await Wait.Until(
            async () => await bench.CountAsync(ErrorQueue) == events,
            Patience,
            $"{events} messages in the error queue"
        );
        return bench;
    }

    /// <summary>The same over a connection of its own, without filling anything.</summary>
    public static async Task<ErrorBench> LookAsync(
        Uri broker,
        QueueKind kind = QueueKind.Quorum,
        IReadOnlyList<AmqpMessage>? published = null
    ) => new(broker, await BrokerQueues.ConnectAsync(broker), kind) { Published = published ?? [] };

    public static Exception Fault(CourseStatusChanged change) =>
        change.Sequence % 3 == 0
            ? new TimeoutException("The payroll did not answer.")
            : new InvalidOperationException($"Employee {change.EmployeeId} is not known\nto the payroll.");

    /// <summary>A desk that waits by a clock of the test's.</summary>
    public ErrorDesk DeskBy(TimeProvider clock)
    {
        var options = new RelayOptions { RabbitMqUri = Broker };
        return new ErrorDesk(options, new BrokerCredentials(options, NullLogger<BrokerCredentials>.Instance), clock);
    }

    /// <summary>The subscriber after a repair, or still broken.</summary>
    public Task<FailingSubscriber> StartSubscriberAsync(Func<CourseStatusChanged, Exception?> fault) =>
        FailingSubscriber.StartAsync(Broker, Queue, _kind, fault);

    public Task<(int Code, string Out, string Error)> RunAsync(params string[] args) =>
        ServiceProcess.RunAsync(Settings, args);

    public ServiceProcess Start(params string[] args) => ServiceProcess.Start(Settings, args);

    /// <summary>How many messages wait; 0 when there is no such queue.</summary>
    public async Task<int> CountAsync(string queue) => (int)(await Queues.DepthAsync(queue) ?? 0);

    /// <summary>Takes out all that a queue holds.</summary>
    public async Task<IReadOnlyList<AmqpMessage>> DrainAsync(string queue)
    {
        var count = await CountAsync(queue);
        var taken = new List<AmqpMessage>();
        await using var channel = await Queues.OpenChannelAsync();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            lock (taken)
                taken.Add(AmqpMessage.Of(delivery));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        await Wait.Until(() => Count() >= count, Patience, $"all of {queue}");
        return taken;

        int Count()
        {
            lock (taken)
                return taken.Count;
        }
    }

    /// <summary>Makes the subscriber's queue anew, with room for so many messages; it says so when it is full.</summary>
    public async Task DeclareFullQueueAsync(int room)
    {
        await using var channel = await Queues.OpenChannelAsync();
        await channel.QueueDeleteAsync(Queue);
        var limits = new Dictionary<string, object?> { ["x-max-length"] = room, ["x-overflow"] = "reject-publish" };
        await channel.QueueDeclareAsync(Queue, true, exclusive: false, autoDelete: false, limits);
    }

    public static IEnumerable<string?> Ids(IEnumerable<AmqpMessage> messages) =>
        messages.Select(message => message.Properties.MessageId);

    /// <summary>A member of what a command has printed as JSON.</summary>
    public static int Number(string json, string name) =>
        JsonDocument.Parse(json).RootElement.GetProperty(name).GetInt32();

    public async ValueTask DisposeAsync() => await Queues.DisposeAsync();

    // Nobody waits for long when somebody else has a message.
    private Dictionary<string, string> Settings =>
        new() { ["Relay:RabbitMqUri"] = $"{Broker}", ["Relay:PublishTimeout"] = "00:00:10" };
}
