using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Testing;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>An operator has deleted the queue into which a message goes that cannot be handled.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_queue_for_what_failed_is_deleted(Servers servers)
{
    [Fact]
    public async Task F26_P3_Should_be_put_aside_in_an_error_queue_that_was_deleted_meanwhile()
    {
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
        var recorder = new Recorder
        {
            Effect = (change, _) =>
                change.Version == 1 ? throw new InvalidOperationException("Never.") : Task.CompletedTask,
        };
        await using var service = await bench.SubscribeAsync(attempts: 2, recorder);
        TestAssignment[] sick = [new("ID-1"), new("ID-2"), new("ID-3")];
        CourseStatusChanged[] poison = [.. sick.Select(assignment => assignment.Completed())];

        await bench.Publisher.PublishAsync(poison[0]);
        (await bench.Queues.TakeAsync(PoisonBench.Errors)).Change.EventId.ShouldBe(poison[0].EventId);
        await bench.Queues.DeleteQueueAsync(PoisonBench.Errors);
        await bench.Publisher.PublishAsync(poison[1]);
        (await bench.Queues.TakeAsync(PoisonBench.Errors)).Change.EventId.ShouldBe(poison[1].EventId);
        await bench.Queues.DeleteQueueAsync(PoisonBench.Errors);
        await bench.Queues.DeleteExchangeAsync(PoisonBench.Errors);
        await bench.Publisher.PublishAsync(poison[2]);
        (await bench.Queues.TakeAsync(PoisonBench.Errors)).Change.EventId.ShouldBe(poison[2].EventId);

        // What still came again of them would come before these.
        CourseStatusChanged[] healthy = [.. sick.Select(assignment => assignment.Reopened())];
        await bench.Publisher.PublishAsync(healthy);
        foreach (var change in healthy)
            await recorder.WaitForAsync(change);
        Attempts(poison[0]).ShouldBe(2);
        Attempts(poison[1]).ShouldBe(2);
        // Without its exchange the channel ends, and the message is handed out once more.
        Attempts(poison[2]).ShouldBeInRange(2, 4);
        (await bench.Queues.DepthAsync(PoisonBench.Errors)).ShouldBe(0u);

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
        await using var bench = await PoisonBench.StartAsync(server.AmqpUri);
        await using (await bench.SubscribeLimitedAsync(deliveryLimit: 1)) { }
        await bench.Queues.DeleteQueueAsync(PoisonBench.Dead);
        var poison = new TestAssignment().Completed();

        await bench.Publisher.PublishAsync(poison);
        await bench.Queues.TakeAndDieAsync(PoisonBench.Queue, times: 2);
        await using (await bench.SubscribeLimitedAsync(deliveryLimit: 1)) { }
        var dead = await bench.Queues.TakeAsync(PoisonBench.Dead);

        dead.Change.EventId.ShouldBe(poison.EventId);
    }
}
