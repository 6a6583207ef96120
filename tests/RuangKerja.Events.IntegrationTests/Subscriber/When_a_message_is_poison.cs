using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>A consumer that cannot handle one message, and what becomes of that one and of the others.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_message_is_poison(Servers servers)
{
    [Fact]
    public async Task F25_P3_Should_be_tried_put_aside_with_its_reason_and_hold_up_no_others()
    {
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
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
        await using var service = await bench.SubscribeAsync(attempts: 3, recorder, concurrency: 2);
        var healthy = Enumerable.Range(0, 40).Select(_ => new TestAssignment().Completed()).ToArray();

        await bench.Publisher.PublishAsync(poison);
        await bench.Publisher.PublishAsync(healthy);
        await Wait.Until(() => recorder.Done.Count == healthy.Length, PoisonBench.Patience, "all others");
        release.SetResult();
        var error = await bench.Queues.TakeAsync(PoisonBench.Errors);
        var next = sick.Reopened();
        await bench.Publisher.PublishAsync(next);
        await recorder.WaitForAsync(next);

        error.Change.EventId.ShouldBe(poison.EventId);
        // With no limit of its own, RabbitMQ 4 would drop what was looked at twenty times.
        await bench.Queues.DeclareAsync(PoisonBench.Errors, deliveryLimit: int.MaxValue);
        error.Header("MT-Fault-Message").ShouldBe("The printer is on fire.");
        error.Header("MT-Fault-ExceptionType").ShouldBe("System.InvalidOperationException");
        recorder.Begun.Count(change => change.EventId == poison.EventId).ShouldBe(3);
        service.Log.Of(2003).ShouldHaveSingleItem().ShouldContain("Recording_error");
    }

    [Fact]
    public async Task F25_P3_Should_be_handled_when_it_comes_again_mended_and_not_twice()
    {
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
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
        await using var service = await bench.SubscribeAsync(attempts: 2, recorder);

        await bench.Publisher.PublishAsync(poison, later);
        await recorder.WaitForAsync(later);
        await bench.Queues.TakeAsync(PoisonBench.Errors);
        Volatile.Write(ref mended, true);
        await bench.Publisher.PublishAsync(poison, poison);
        var end = assignment.Completed();
        await bench.Publisher.PublishAsync(end);
        await recorder.WaitForAsync(end);

        recorder.VersionsOf(assignment.AssignmentId).ShouldBe([2, 1, 3]);
    }

    /// <summary>The inbox in memory has forgotten that it was given up; the message has not.</summary>
    [Fact]
    public async Task F25_P3_Should_be_handled_when_it_comes_again_after_a_restart_and_a_later_one()
    {
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
        var assignment = new TestAssignment();
        var poison = assignment.Completed();
        var later = assignment.Reopened();
        await using (await bench.SubscribeAsync(attempts: 1, Failing()))
        {
            await bench.Publisher.PublishAsync(poison);
            await Wait.Until(
                async () => await bench.Queues.DepthAsync(PoisonBench.Errors) == 1,
                PoisonBench.Patience,
                "the poison put aside"
            );
        }

        await using var mended = await bench.SubscribeAsync(attempts: 1);
        await bench.Publisher.PublishAsync(later);
        await mended.Recorder.WaitForAsync(later);
        var error = await bench.Queues.TakeAsync(PoisonBench.Errors);
        await bench.Queues.SendAsync(PoisonBench.Queue, error);
        await bench.Queues.SendAsync(PoisonBench.Queue, error);
        var end = assignment.Completed();
        await bench.Publisher.PublishAsync(end);
        await mended.Recorder.WaitForAsync(end);

        mended.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([2, 1, 3]);

        static Recorder Failing() => new() { Effect = (_, _) => throw new InvalidOperationException("Not now.") };
    }

    /// <summary>AMQP takes all headers in one frame of 128 KiB; the reason is a header.</summary>
    [Fact]
    public async Task F25_P3_Should_be_put_aside_with_a_shortened_reason_when_that_is_a_megabyte()
    {
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
        var recorder = new Recorder { Effect = (_, _) => throw new FormatException(new string('é', 1_000_000)) };
        await using var service = await bench.SubscribeAsync(attempts: 1, recorder);
        var poison = new TestAssignment().Completed();

        await bench.Publisher.PublishAsync(poison);
        var error = await bench.Queues.TakeAsync(PoisonBench.Errors);

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
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
        var recorder = new Recorder { Effect = (_, _) => throw new TaskCanceledException("The mail server is slow.") };
        await using var service = await bench.SubscribeAsync(attempts: 2, recorder);

        await bench.Publisher.PublishAsync(new TestAssignment().Completed());
        var error = await bench.Queues.TakeAsync(PoisonBench.Errors);

        error.Header("MT-Fault-Message").ShouldNotBeNull().ShouldContain("The mail server is slow.");
        recorder.Begun.Count.ShouldBe(2);
    }
}
