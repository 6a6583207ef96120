using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>Pauses, cancellations, stops and troubles in the middle of a replay: what comes in the end, and what is told.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replay_is_interrupted(Servers servers)
{
    private const int Employees = 200;
    private const int Events = 3 * Employees;

    // Slow enough to be met in the middle, on a slow machine too.
    private const int Rate = 40;

    [Fact]
    public async Task Should_rest_while_it_is_paused_and_go_on_without_gap_or_repeat()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, Employees);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await bench.StartWorkerAsync();
        var job = await bench.AskAsync(ReplayBench.To("reports", Rate));
        await queue.WaitForAsync(20);

        (await bench.Replays.PauseAsync(job.Id, "ops", default)).Changed.ShouldBeTrue();
        await Wait.Until(() => bench.Log.Of(714).Count == 1, ReplayBench.Patience, "the instance leaves it");
        job = await bench.ReadAsync(job);
        (job.State, job.Holder).ShouldBe((ReplayState.Paused, null));
        job.Sent.ShouldBeInRange(20, Events - 1);
        await queue.WaitForAsync((int)job.Sent);

        await bench.HurryAsync(job);
        (await bench.Replays.ResumeAsync(job.Id, "ops", default)).Changed.ShouldBeTrue();
        bench.Signal.Set();
        (await bench.WaitForEndAsync(job)).Sent.ShouldBe(Events);

        await queue.WaitForAsync(Events);
        queue.Received.Select(message => $"{message.Change.EventId}").ShouldBe(await bench.StoredAsync());
        (await bench.Replays.ReadAuditAsync(job.Id, default))
            .Select(entry => entry.Action)
            .ShouldBe(["requested", "taken", "paused", "resumed", "taken", "finished"]);
    }

    [Fact]
    public async Task Should_send_nothing_more_once_it_is_cancelled_and_say_by_whom()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, Employees);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await bench.StartWorkerAsync();
        var job = await bench.AskAsync(ReplayBench.To("reports", Rate));
        await queue.WaitForAsync(20);

        await bench.Replays.CancelAsync(job.Id, "ops@example.test", default);
        await Wait.Until(() => bench.Log.Of(714).Count == 1, ReplayBench.Patience, "the instance leaves it");

        // Whatever the instance would send now would come before what the next replay sends.
        var sent = queue.Received.Count;
        sent.ShouldBeLessThan(Events);
        (await bench.Replays.ResumeAsync(job.Id, "ops", default)).Changed.ShouldBeFalse();
        await bench.WaitForEndAsync(await bench.AskAsync(ReplayBench.To("reports")));
        await Wait.Until(
            () => queue.Received.Count(message => message.Header("replayId") != $"{job.Id}") == Events,
            ReplayBench.Patience,
            "another replay"
        );
        job = await bench.ReadAsync(job);
        (job.State, job.Holder).ShouldBe((ReplayState.Cancelled, null));
        job.Sent.ShouldBe(queue.Received.Count(message => message.Header("replayId") == $"{job.Id}"));
        var last = (await bench.Replays.ReadAuditAsync(job.Id, default))[^1];
        (last.Action, last.By).ShouldBe(("cancelled", "ops@example.test"));
    }

    [Fact]
    public async Task Should_be_given_back_at_a_stop_for_another_instance_to_go_on_without_repeat()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, Employees);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        var first = await bench.StartWorkerAsync();
        var job = await bench.AskAsync(ReplayBench.To("reports", Rate));
        await queue.WaitForAsync(20);

        await first.StopAsync(CancellationToken.None);
        job = await bench.ReadAsync(job);
        (job.State, job.Holder).ShouldBe((ReplayState.Waiting, null));
        job.Sent.ShouldBeInRange(20, Events - 1);
        await bench.HurryAsync(job);
        await bench.StartWorkerAsync();
        (await bench.WaitForEndAsync(job)).Sent.ShouldBe(Events);

        await queue.WaitForAsync(Events);
        queue.Received.Select(message => $"{message.Change.EventId}").ShouldBe(await bench.StoredAsync());
    }

    [Fact]
    public async Task Should_fail_when_its_queue_is_gone_and_go_on_when_it_is_there_again()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, Employees);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await using var other = await ReplayQueue.DeclareAsync(bench.Broker, "reports-other");
        await bench.StartWorkerAsync();
        var beside = await bench.AskAsync(ReplayBench.To("reports-other", rate: 300));
        var job = await bench.AskAsync(ReplayBench.To("reports", Rate));
        await queue.WaitForAsync(20);

        await queue.DeleteAsync();
        job = await bench.WaitForEndAsync(job);
        job.State.ShouldBe(ReplayState.Failed);
        job.Reason.ShouldNotBeNull().ShouldContain("Queue 'reports' is not there any more");
        job.Reason.ShouldContain("resume");
        job.Sent.ShouldBeLessThan(Events);
        var before = queue.EventIds;
        await queue.DeclareAgainAsync();
        await queue.ConsumeAsync();
        await bench.HurryAsync(job);
        await bench.Replays.ResumeAsync(job.Id, "ops", default);
        bench.Signal.Set();
        (await bench.WaitForEndAsync(job)).ShouldSatisfyAllConditions(
            ended => ended.State.ShouldBe(ReplayState.Finished),
            ended => ended.Sent.ShouldBe(Events)
        );

        var stored = await bench.StoredAsync();
        await Wait.Until(() => queue.EventIds.Contains(stored[^1]), ReplayBench.Patience, "the last event");
        // What stood in the queue when it was deleted was taken, and went with it.
        queue.EventIds.Skip(before.Count).ShouldBe(stored.TakeLast(queue.EventIds.Count - before.Count));
        queue.EventIds.Count.ShouldBeGreaterThanOrEqualTo(Events - 256);
        (await bench.WaitForEndAsync(beside)).State.ShouldBe(ReplayState.Finished);
        await other.WaitForAsync(Events);
    }

    [Fact]
    public async Task Should_wait_for_a_full_queue_say_so_and_go_on_in_order()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, Employees);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports", consumed: false, room: 50);
        await bench.StartWorkerAsync();

        var job = await bench.AskAsync(ReplayBench.To("reports"));
        job = await bench.WaitForAsync(job, now => now.Reason is not null, "says why it waits");
        job.Reason.ShouldNotBeNull().ShouldContain("the queue is full");
        await queue.ConsumeAsync();
        job = await bench.WaitForEndAsync(job);

        (job.State, job.Sent, job.Reason).ShouldBe((ReplayState.Finished, Events, null));
        var stored = await bench.StoredAsync();
        await Wait.Until(() => queue.EventIds.Count == Events, ReplayBench.Patience, "all events");
        queue
            .Received.GroupBy(message => message.Change.EventId)
            .ShouldAllBe(same => same.Select(message => message.Properties.MessageId).Distinct().Count() == 1);
        queue.EventIds.ToHashSet().SetEquals(stored).ShouldBeTrue();
        // A later one of another assignment may have been taken before the refused one: it comes again behind it.
        InOrderOfLast(queue).ShouldBe(stored);
        queue
            .Received.DistinctBy(message => message.Change.EventId)
            .GroupBy(message => message.Change.AssignmentId)
            .ShouldAllBe(
                assignment =>
                    assignment.Select(message => message.Change.Version).SequenceEqual(new long[] { 1, 2, 3 }),
                "who takes nothing older than what it has misses nothing"
            );
    }

    /// <summary>Each event once, where it came last.</summary>
    private static IReadOnlyList<string> InOrderOfLast(ReplayQueue queue) =>
        [.. queue.Received.Reverse().Select(message => $"{message.Change.EventId}").Distinct().Reverse()];
}
