using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>A stop in the ordinary way: what only waited is not given up for it, and does not lose its place.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_subscriber_is_stopped(Servers servers)
{
    private const string Queue = "Recording";
    private const string Errors = "Recording_error";
    private const int AttemptFailed = 2002;
    private const int InboxWaits = 2005;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_get_back_what_waited_for_its_next_attempt()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var recorder = new Recorder { Effect = (_, _) => throw new InvalidOperationException("Not now.") };

        await using (var service = await StartAsync(broker, recorder))
        {
            await publisher.PublishAsync(new TestAssignment().Completed());
            await Wait.Until(() => service.Log.Of(AttemptFailed).Count > 0, Patience, "a failed attempt");
        }

        await Wait.Until(async () => await queues.DepthAsync(Queue) == 1, Patience, "the message in its queue");
        (await queues.DepthAsync(Errors)).ShouldBeNull();
    }

    [Fact]
    public async Task Should_get_back_what_waited_for_the_inbox()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);

        await using (
            var service = await SubscribedService.StartAsync<RecordingConsumer>(
                broker,
                options =>
                {
                    options.Queue = Queue;
                    options.UseInbox(_ => new InboxThatIsAway());
                }
            )
        )
        {
            await publisher.PublishAsync(new TestAssignment().Completed());
            await Wait.Until(
                () => service.Log.Of(InboxWaits).Count > 0,
                Patience,
                "a message that waits for the inbox"
            );
        }

        await Wait.Until(async () => await queues.DepthAsync(Queue) == 1, Patience, "the message in its queue");
        (await queues.DepthAsync(Errors)).ShouldBeNull();
    }

    /// <summary>A later version that was let through would make the one that comes again too old.</summary>
    [Fact]
    public async Task Should_get_back_in_order_what_waited_behind_another_of_its_assignment()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var assignment = new TestAssignment();
        var first = assignment.Completed();
        var second = assignment.Reopened();
        var mended = false;
        var recorder = new Recorder
        {
            Effect = (change, _) =>
                change.EventId == first.EventId && !Volatile.Read(ref mended)
                    ? throw new InvalidOperationException("Not now.")
                    : Task.CompletedTask,
        };

        await using (
            var service = await StartAsync(
                broker,
                recorder,
                services => services.AddReceiveObserver(_ => new SlowWayBack(first))
            )
        )
        {
            await publisher.PublishAsync(first, second);
            await Wait.Until(() => service.Log.Of(AttemptFailed).Count > 0, Patience, "a failed attempt");
            await Wait.Until(async () => await queues.DepthAsync(Queue) == 0, Patience, "both are handed out");
        }

        recorder.Done.ShouldBeEmpty();
        Volatile.Write(ref mended, true);
        await using var next = await StartAsync(broker, recorder);
        await recorder.WaitForAsync(second);
        recorder.VersionsOf(assignment.AssignmentId).ShouldBe([1, 2]);
    }

    private static Task<SubscribedService> StartAsync(
        Uri broker,
        Recorder recorder,
        Action<IServiceCollection>? services = null
    ) =>
        SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            options =>
            {
                (options.Queue, options.Attempts) = (Queue, 2);
                options.FirstWait = options.LongestWait = TimeSpan.FromMinutes(2);
            },
            recorder,
            services
        );

    /// <summary>MassTransit takes its time, as on a busy machine, until the broker hears that one is not settled.</summary>
    private sealed class SlowWayBack(CourseStatusChanged change) : IReceiveObserver
    {
        public Task ConsumeFault<T>(
            ConsumeContext<T> context,
            TimeSpan duration,
            string consumerType,
            Exception exception
        )
            where T : class =>
            context.MessageId == change.EventId
                ? Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System)
                : Task.CompletedTask;

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
            where T : class => Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;
    }

    private sealed class InboxThatIsAway : IInbox
    {
        public Task<IInboxEntry> OpenAsync(Delivery delivery, CancellationToken cancellationToken) =>
            throw new InboxException("It is away.");

        public Task NoteGivenUpAsync(Delivery delivery, string reason, CancellationToken cancellationToken) =>
            throw new InboxException("It is away.");
    }
}
