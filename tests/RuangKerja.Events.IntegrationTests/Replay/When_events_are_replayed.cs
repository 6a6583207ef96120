using RuangKerja.Events.Courses;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>What comes into the queue that was asked for, and that nothing else does.</summary>
[Trait("Promise", "P5")]
public sealed class When_events_are_replayed(Servers servers)
{
    [Fact]
    public async Task Should_send_all_of_them_in_order_and_count_them_as_the_dry_run_did()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 700);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await bench.StartWorkerAsync();
        var request = ReplayBench.To("reports");

        var estimate = await bench.Desk.EstimateAsync(request, default);
        (await bench.Replays.ListAsync([], null, 10, default)).ShouldBeEmpty("a dry run keeps nothing");
        var job = await bench.WaitForEndAsync(await bench.AskAsync(request));

        (job.State, job.Sent, job.Unreadable, job.Reason).ShouldBe((ReplayState.Finished, 2_100, 0, null));
        (job.Total, job.Position).ShouldBe((2_100, job.Through));
        await queue.WaitForAsync(2_100);
        queue.Received.Select(message => $"{message.Change.EventId}").ShouldBe(await bench.StoredAsync());
        queue.Received.ShouldAllBe(message => message.Header("replayId") == $"{job.Id}");
        estimate.Faults.ShouldBeEmpty();
        estimate.Events.Count.ShouldBe(2_100);
        estimate.Duration.ShouldBe(TimeSpan.FromSeconds(0.21));
        var bytes = queue.Received.Sum(message => (long)message.Body.Length);
        estimate.Bytes.ShouldBeInRange((long)(bytes * 0.9), (long)(bytes * 1.1));
    }

    [Fact]
    public async Task Should_send_to_two_queues_at_once_what_each_has_asked_for()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 100);
        await using var one = await ReplayQueue.DeclareAsync(bench.Broker, "reports-1");
        await using var other = await ReplayQueue.DeclareAsync(bench.Broker, "reports-2");
        await using var bystander = await ReplayQueue.DeclareAsync(bench.Broker, "reports-3");
        await bench.StartWorkerAsync();

        // Slow enough that they are under way together.
        var first = await bench.AskAsync(ReplayBench.To("reports-1", rate: 50));
        var second = await bench.AskAsync(
            ReplayBench.To("reports-2", rate: 20, new EventFilter { Kinds = [ChangeKind.Completed] })
        );
        await bench.WaitForAsync(
            second,
            job => job is { State: ReplayState.Running, Sent: > 0 },
            "runs beside the other one"
        );
        (await bench.ReadAsync(first)).State.ShouldBe(ReplayState.Running);
        await bench.WaitForEndAsync(first);
        await bench.WaitForEndAsync(second);

        await one.WaitForAsync(300);
        await other.WaitForAsync(100);
        one.Received.ShouldAllBe(message => message.Header("replayId") == $"{first.Id}");
        other.Received.ShouldAllBe(message => message.Header("replayId") == $"{second.Id}");
        one.EventIds.ShouldBe(await bench.StoredAsync());
        other.Received.ShouldAllBe(message => message.Change.Kind == "completed");
        bystander.Received.ShouldBeEmpty();
        one.Received.Select(message => message.Properties.MessageId)
            .Intersect(other.Received.Select(message => message.Properties.MessageId))
            .ShouldBeEmpty("the same event of two replays is two messages");
    }

    [Fact]
    public async Task Should_send_only_what_the_subscriber_lacks()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 3);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await bench.StartWorkerAsync();
        var through = await bench.Store.History.ReadHorizonAsync(default);
        var all = await bench.Store.History.ReadAsync(
            await bench.Store.History.FindAsync(new EventFilter(), 0, through, 100, default),
            default
        );
        AssignmentId Of(int employee) =>
            all.First(stored => stored.Change!.EmployeeId == $"ID-{employee}").AssignmentId;
        var known = all.Single(stored => stored.AssignmentId == Of(3) && stored.Version == 2);
        var held = new HeldEvents
        {
            Versions = new Dictionary<AssignmentId, long> { [Of(1)] = 3, [Of(2)] = 1 },
            EventIds = [known.EventId],
        };

        var request = ReplayBench.To("reports", filter: new EventFilter { Held = held });
        (await bench.Desk.EstimateAsync(request, default)).Events.Count.ShouldBe(4);
        var job = await bench.WaitForEndAsync(await bench.AskAsync(request));

        (job.Total, job.Sent, job.MissingOnly).ShouldBe((4, 4, true));
        await queue.WaitForAsync(4);
        queue
            .Received.Select(message => $"{message.Change.EmployeeId} v{message.Change.Version}")
            .ShouldBe(["ID-3 v1", "ID-2 v2", "ID-2 v3", "ID-3 v3"], ignoreOrder: true);
    }

    [Fact]
    public async Task Should_keep_to_the_rate_that_was_asked_for()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 100);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await bench.StartWorkerAsync();

        var job = await bench.WaitForEndAsync(await bench.AskAsync(ReplayBench.To("reports", rate: 150)));

        // However slow the machine: at no time more than the rate allows, and a twentieth of a second's worth at once.
        job.Sent.ShouldBe(300);
        (job.EndedAt - job.StartedAt).ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(1.9));
    }

    [Fact]
    public async Task Should_pass_over_what_cannot_be_read_and_count_it()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 4);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await bench.Store.ExecuteAsync(
            """
            update ruangkerja.mt_events set data = '{"status": "nonsense"}'
            where seq_id in (select seq_id from ruangkerja.mt_events order by seq_id desc limit 2)
            """
        );
        await bench.StartWorkerAsync();

        var job = await bench.WaitForEndAsync(await bench.AskAsync(ReplayBench.To("reports")));

        (job.State, job.Total, job.Sent, job.Unreadable).ShouldBe((ReplayState.Finished, 12, 10, 2));
        bench.Log.Of(716).Count.ShouldBe(1, "the second would be told a minute later");
        await queue.WaitForAsync(10);
    }

    [Fact]
    public async Task Should_be_over_at_once_when_nothing_is_meant()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await bench.StartWorkerAsync();

        var request = ReplayBench.To("reports", filter: new EventFilter { EmployeeId = "nobody" });
        var job = await bench.WaitForEndAsync(await bench.AskAsync(request));

        (job.State, job.Total, job.Sent).ShouldBe((ReplayState.Finished, 0, 0));
        queue.Received.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_leave_out_what_was_stored_after_it_was_asked_for()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 2);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");

        var job = await bench.AskAsync(ReplayBench.To("reports"));
        await bench.Store.CommitAsync(Storage.StoreFixture.Row(CourseStatus.Completed, 240, employee: 9));
        await bench.StartWorkerAsync();

        (await bench.WaitForEndAsync(job)).Sent.ShouldBe(6);
        await queue.WaitForAsync(6);
        queue.Received.ShouldAllBe(message => message.Change.EmployeeId != "ID-9");
    }
}
