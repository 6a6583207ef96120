using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Testing;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>A consumer that cannot handle one message, and what becomes of that one and of the others.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_message_is_poison(Servers servers)
{
    private const string Errors = "Recording_error";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F25_P3_Should_be_tried_put_aside_with_its_reason_and_hold_up_no_others()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var sick = new TestAssignment();
        var poison = sick.Completed();
        var release = new TaskCompletionSource();
        var recorder = new Recorder
        {
            // It fails until all others are through: nobody else waits for it.
            Effect = async (change, _) =>
            {
                if (change.EventId != poison.EventId)
                    return;
                await release.Task;
                throw new InvalidOperationException("The printer is on fire.");
            },
        };
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            options => (options.Queue, options.Attempts, options.Concurrency) = ("Recording", 3, 2),
            recorder
        );
        var healthy = Enumerable.Range(0, 40).Select(_ => new TestAssignment().Completed()).ToArray();

        await publisher.PublishAsync(poison);
        await publisher.PublishAsync(healthy);
        await Wait.Until(() => recorder.Done.Count == healthy.Length, Patience, "all others");
        release.SetResult();
        var error = await queues.TakeAsync(Errors);
        var next = sick.Reopened();
        await publisher.PublishAsync(next);
        await recorder.WaitForAsync(next);

        error.Change.EventId.ShouldBe(poison.EventId);
        // With no limit of its own, RabbitMQ 4 would drop what was looked at twenty times.
        await queues.DeclareAsync(Errors, deliveryLimit: int.MaxValue);
        error.Header("MT-Fault-Message").ShouldBe("The printer is on fire.");
        error.Header("MT-Fault-ExceptionType").ShouldBe("System.InvalidOperationException");
        recorder.Begun.Count(change => change.EventId == poison.EventId).ShouldBe(3);
        service.Log.Of(2003).ShouldHaveSingleItem().ShouldContain("Recording_error");
    }

    [Fact]
    public async Task F25_P3_Should_be_handled_when_it_comes_again_mended_and_not_twice()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var assignment = new TestAssignment();
        var poison = assignment.Completed();
        var later = assignment.Reopened();
        var mended = false;
        var recorder = new Recorder
        {
            Effect = (change, _) =>
                change.EventId == poison.EventId && !Volatile.Read(ref mended)
                    ? throw new InvalidOperationException("Not now.")
                    : Task.CompletedTask,
        };
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            options => (options.Queue, options.Attempts) = ("Recording", 2),
            recorder
        );

        await publisher.PublishAsync(poison, later);
        await recorder.WaitForAsync(later);
        await queues.TakeAsync(Errors);
        Volatile.Write(ref mended, true);
        await publisher.PublishAsync(poison, poison);
        var end = assignment.Completed();
        await publisher.PublishAsync(end);
        await recorder.WaitForAsync(end);

        recorder.VersionsOf(assignment.AssignmentId).ShouldBe([2, 1, 3]);
    }

    /// <summary>The inbox in memory has forgotten that it was given up; the message has not.</summary>
    [Fact]
    public async Task F25_P3_Should_be_handled_when_it_comes_again_after_a_restart_and_a_later_one()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var assignment = new TestAssignment();
        var poison = assignment.Completed();
        var later = assignment.Reopened();
        await using (await SubscribedService.StartAsync<RecordingConsumer>(broker, Once, Failing()))
        {
            await publisher.PublishAsync(poison);
            await Wait.Until(async () => await queues.DepthAsync(Errors) == 1, Patience, "the poison put aside");
        }

        await using var mended = await SubscribedService.StartAsync<RecordingConsumer>(broker, Once);
        await publisher.PublishAsync(later);
        await mended.Recorder.WaitForAsync(later);
        var error = await queues.TakeAsync(Errors);
        await queues.SendAsync("Recording", error);
        await queues.SendAsync("Recording", error);
        var end = new TestAssignment().Assigned();
        await publisher.PublishAsync(end);
        await mended.Recorder.WaitForAsync(poison);
        await mended.Recorder.WaitForAsync(end);

        mended.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([2, 1]);

        static void Once(RuangKerja.Events.Subscriber.SubscriberOptions options) =>
            (options.Queue, options.Attempts) = ("Recording", 1);

        static Recorder Failing() => new() { Effect = (_, _) => throw new InvalidOperationException("Not now.") };
    }

    /// <summary>AMQP takes all headers in one frame of 128 KiB; the reason is a header.</summary>
    [Fact]
    public async Task F25_P3_Should_be_put_aside_with_a_shortened_reason_when_that_is_a_megabyte()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var recorder = new Recorder { Effect = (_, _) => throw new FormatException(new string('é', 1_000_000)) };
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            options => (options.Queue, options.Attempts) = ("Recording", 1),
            recorder
        );
        var poison = new TestAssignment().Completed();

        await publisher.PublishAsync(poison);
        var error = await queues.TakeAsync(Errors);

        error.Change.EventId.ShouldBe(poison.EventId);
        var reason = error.Header("MT-Fault-Message").ShouldNotBeNull();
        reason.ShouldStartWith("éé");
        reason.Length.ShouldBeLessThan(3_000);
        recorder.Begun.ShouldHaveSingleItem();
    }

    /// <summary>MassTransit takes a cancellation for the endpoint's own, and would hand the message out again for ever.</summary>
    [Fact]
    public async Task F25_P3_Should_be_put_aside_when_what_fails_is_a_call_that_was_cancelled()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var recorder = new Recorder { Effect = (_, _) => throw new TaskCanceledException("The mail server is slow.") };
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            options => (options.Queue, options.Attempts) = ("Recording", 2),
            recorder
        );

        await publisher.PublishAsync(new TestAssignment().Completed());
        var error = await queues.TakeAsync(Errors);

        error.Header("MT-Fault-Message").ShouldNotBeNull().ShouldContain("The mail server is slow.");
        recorder.Begun.Count.ShouldBe(2);
    }

    /// <summary>One that nobody acknowledges, as when the process dies of it each time.</summary>
    [Fact]
    public async Task F25_P3_Should_end_in_the_dead_letter_queue_when_it_comes_back_too_often()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        await using (await SubscribedService.StartAsync<RecordingConsumer>(broker, Limited)) { }
        var assignment = new TestAssignment();
        var poison = assignment.Completed();
        var later = assignment.Reopened();

        await publisher.PublishAsync(poison);
        await queues.TakeAndDieAsync("Recording", times: 3);
        var dead = await queues.TakeAsync("Recording_dead");

        dead.Change.EventId.ShouldBe(poison.EventId);
        // Given back from there behind a later version, it is handled, as late as it is.
        await using var mended = await SubscribedService.StartAsync<RecordingConsumer>(broker, Limited);
        await publisher.PublishAsync(later);
        await mended.Recorder.WaitForAsync(later);
        dead.Properties.Headers?.Remove("x-delivery-count");
        await queues.SendAsync("Recording", dead);
        await mended.Recorder.WaitForAsync(poison);
        mended.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([2, 1]);

        static void Limited(RuangKerja.Events.Subscriber.SubscriberOptions options) =>
            (options.Queue, options.DeliveryLimit) = ("Recording", 2);
    }

    /// <summary>Nobody may be left to note it afterwards.</summary>
    [Fact]
    public async Task F25_P3_Should_be_noted_as_given_up_before_it_is_handed_out_for_the_last_time()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        await using (await SubscribedService.StartAsync<RecordingConsumer>(broker, Limited)) { }
        var assignment = new TestAssignment();
        var poison = assignment.Completed();
        var later = assignment.Reopened();
        await publisher.PublishAsync(poison);
        await queues.TakeAndDieAsync("Recording", times: 2);

        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(broker, Limited);
        await publisher.PublishAsync(later);
        await service.Recorder.WaitForAsync(later);

        service.Log.Of(2004).ShouldHaveSingleItem().ShouldContain($"version 1 of assignment {assignment.AssignmentId}");
        service.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([1, 2]);

        static void Limited(RuangKerja.Events.Subscriber.SubscriberOptions options) =>
            (options.Queue, options.DeliveryLimit) = ("Recording", 2);
    }

    [Fact]
    public async Task F26_P3_Should_be_put_aside_in_an_error_queue_that_was_deleted_meanwhile()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var recorder = new Recorder
        {
            Effect = (change, _) =>
                change.Version == 1 ? throw new InvalidOperationException("Never.") : Task.CompletedTask,
        };
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            options => (options.Queue, options.Attempts) = ("Recording", 2),
            recorder
        );
        TestAssignment[] sick = [new("ID-1"), new("ID-2"), new("ID-3")];
        CourseStatusChanged[] poison = [.. sick.Select(assignment => assignment.Completed())];

        await publisher.PublishAsync(poison[0]);
        (await queues.TakeAsync(Errors)).Change.EventId.ShouldBe(poison[0].EventId);
        await queues.DeleteQueueAsync(Errors);
        await publisher.PublishAsync(poison[1]);
        (await queues.TakeAsync(Errors)).Change.EventId.ShouldBe(poison[1].EventId);
        await queues.DeleteQueueAsync(Errors);
        await queues.DeleteExchangeAsync(Errors);
        await publisher.PublishAsync(poison[2]);
        (await queues.TakeAsync(Errors)).Change.EventId.ShouldBe(poison[2].EventId);

        // What still came again of them would come before these.
        CourseStatusChanged[] healthy = [.. sick.Select(assignment => assignment.Reopened())];
        await publisher.PublishAsync(healthy);
        foreach (var change in healthy)
            await recorder.WaitForAsync(change);
        Attempts(poison[0]).ShouldBe(2);
        Attempts(poison[1]).ShouldBe(2);
        // Without its exchange the channel ends, and the message is handed out once more.
        Attempts(poison[2]).ShouldBeInRange(2, 4);
        (await queues.DepthAsync(Errors)).ShouldBe(0u);

        int Attempts(CourseStatusChanged change) => recorder.Begun.Count(one => one.EventId == change.EventId);
    }

    /// <summary>The broker keeps what it cannot put into the dead-letter queue, and the next start declares that one anew.</summary>
    [Fact]
    public async Task F26_P3_Should_be_kept_while_its_dead_letter_queue_is_deleted()
    {
        await using var server = await RabbitMqServer.StartAsync();
        // How often it tries to put away what it could not; three minutes by default.
        await server.RabbitMqCtlAsync(
            "eval",
            "application:set_env(rabbit, dead_letter_worker_publisher_confirm_timeout, 500)."
        );
        var broker = server.AmqpUri;
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        await using (await SubscribedService.StartAsync<RecordingConsumer>(broker, Limited)) { }
        await queues.DeleteQueueAsync("Recording_dead");
        var poison = new TestAssignment().Completed();

        await publisher.PublishAsync(poison);
        await queues.TakeAndDieAsync("Recording", times: 2);
        await using (await SubscribedService.StartAsync<RecordingConsumer>(broker, Limited)) { }
        var dead = await queues.TakeAsync("Recording_dead");

        dead.Change.EventId.ShouldBe(poison.EventId);

        static void Limited(RuangKerja.Events.Subscriber.SubscriberOptions options) =>
            (options.Queue, options.DeliveryLimit) = ("Recording", 1);
    }
}
