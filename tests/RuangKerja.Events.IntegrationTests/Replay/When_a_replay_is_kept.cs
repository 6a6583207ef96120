using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>The rows of replays: who may move them, who holds them, and what is noted of it.</summary>
public sealed class When_a_replay_is_kept(Servers servers)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(5);

    private static readonly ReplayRequest Request = new()
    {
        Filter = new EventFilter { EmployeeId = "ID-1", Baseline = true },
        Destination = "reports",
        Rate = 50,
        RequestedBy = "ops@example.test",
        Door = ReplayDoor.Http,
    };

    [Fact]
    public async Task Should_be_as_it_was_asked_for_and_apart_from_what_is_held()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        var held = new HeldEvents { Versions = new Dictionary<AssignmentId, long> { [new AssignmentId("a")] = 3 } };
        var request = Request with
        {
            Filter = Request.Filter with { Held = held },
            RequestId = Guid.NewGuid(),
            ReplyTo = new Uri("rabbitmq://host/vhost/bus-1?temporary=true"),
        };

        var job = await replays.AddAsync(request, through: 70, total: 12, default);

        job.State.ShouldBe(ReplayState.Waiting);
        (job.Destination, job.Rate, job.RequestedBy, job.Door).ShouldBe(
            ("reports", 50, "ops@example.test", ReplayDoor.Http)
        );
        (job.RequestId, job.ReplyTo).ShouldBe((request.RequestId, request.ReplyTo));
        (job.Through, job.Total, job.Position, job.Sent).ShouldBe((70, 12, 0, 0));
        (job.Filter.EmployeeId, job.Filter.Baseline, job.Filter.Held, job.MissingOnly).ShouldBe(
            ("ID-1", true, null, true)
        );
        (await replays.TakeAsync("one", Period, default))!.Held!.Versions.ShouldBe(held.Versions);
        (await replays.ReadAuditAsync(job.Id, default))
            .Select(e => (e.Action, e.By))
            .ShouldBe([("requested", "ops@example.test"), ("taken", "one")]);
    }

    [Fact]
    public async Task Should_be_one_when_the_same_request_comes_again_and_at_once()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        var request = Request with { RequestId = Guid.NewGuid() };

        var jobs = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => replays.AddAsync(request, 1, 1, default)));
        await replays.AddAsync(Request, 1, 1, default);
        await replays.AddAsync(Request, 1, 1, default);

        jobs.Select(job => job.Id).Distinct().ShouldHaveSingleItem();
        (await replays.ListAsync([], before: null, 10, default)).Count.ShouldBe(3);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.replay_audit")).ShouldBe(3);
    }

    [Fact]
    public async Task Should_be_held_by_one_at_a_time_the_oldest_first()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        var ids = new List<Guid>();
        for (var n = 0; n < 6; n++)
            ids.Add((await replays.AddAsync(Request, 1, 1, default)).Id);

        var first = await replays.TakeAsync("first", Period, default);
        var rest = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(n => replays.TakeAsync($"instance {n}", Period, default))
        );

        first!.Job.Id.ShouldBe(ids[0]);
        rest.OfType<TakenReplay>().Select(taken => taken.Job.Id).ShouldBe(ids.Skip(1), ignoreOrder: true);
        rest.Count(taken => taken is null).ShouldBe(3);
    }

    [Fact]
    public async Task Should_be_taken_over_when_it_is_not_kept_and_belong_to_the_first_no_more()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        await replays.AddAsync(Request, 100, 50, default);
        var first = (await replays.TakeAsync("one", Period, default))!;
        (await replays.KeepAsync(first, new ReplayProgress(40, 20, 1, "waits"), Period, default)).ShouldBeTrue();
        (await replays.TakeAsync("two", Period, default)).ShouldBeNull();

        await store.ExecuteAsync("update ruangkerja.replay_job set expires_at = now() - interval '1 ms'");
        var second = (await replays.TakeAsync("two", Period, default))!;

        (second.Job.Position, second.Job.Sent, second.Job.Unreadable).ShouldBe((40, 20, 1));
        second.Term.ShouldBe(first.Term + 1);
        (await replays.KeepAsync(first, new ReplayProgress(90, 45, 0), Period, default)).ShouldBeFalse();
        (
            await replays.EndAsync(first, new ReplayProgress(90, 45, 0), ReplayState.Finished, null, default)
        ).ShouldBeFalse();
        var now = (await replays.ReadAsync(second.Job.Id, default))!;
        (now.State, now.Position, now.Sent, now.Holder).ShouldBe((ReplayState.Running, 40, 20, "two"));
        (await replays.ReadAuditAsync(now.Id, default))[^1].Detail.ShouldBe("After sequence 40, left behind by one");
    }

    [Fact]
    public async Task Should_go_on_behind_what_was_sent_when_it_was_paused_and_not_before_it_is_left()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        await replays.AddAsync(Request, 100, 50, default);
        var taken = (await replays.TakeAsync("one", Period, default))!;

        var paused = await replays.PauseAsync(taken.Job.Id, "ops", default);
        (await replays.KeepAsync(taken, new ReplayProgress(30, 15, 0), Period, default)).ShouldBeFalse();

        (paused.Changed, paused.Job!.State, paused.Job.Holder).ShouldBe((true, ReplayState.Paused, "one"));
        (await replays.TakeAsync("one", Period, default)).ShouldBeNull();
        (await replays.PauseAsync(taken.Job.Id, "ops", default)).Changed.ShouldBeFalse();
        (await replays.ResumeAsync(taken.Job.Id, "ops", default)).Job!.State.ShouldBe(ReplayState.Waiting);
        (await replays.TakeAsync("two", Period, default)).ShouldBeNull("the first may be sending still");
        (await replays.KeepAsync(taken, new ReplayProgress(40, 20, 0), Period, default)).ShouldBeFalse();

        await replays.LeaveAsync(taken, new ReplayProgress(50, 25, 0), default);
        var second = (await replays.TakeAsync("two", Period, default))!;
        (second.Job.Position, second.Job.Sent).ShouldBe((50, 25));
        await replays.LeaveAsync(taken, new ReplayProgress(90, 45, 0), default);
        (await replays.ReadAsync(taken.Job.Id, default))!.Position.ShouldBe(50, "it is another's");
        await replays.LeaveAsync(second, new ReplayProgress(60, 30, 0), default);
        (await replays.ReadAsync(taken.Job.Id, default))!.State.ShouldBe(ReplayState.Waiting);
    }

    [Fact]
    public async Task Should_be_taken_and_told_of_when_who_held_it_has_not_left_it_in_time()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        for (var n = 0; n < 2; n++)
            await replays.AddAsync(Request with { ReplyTo = new Uri("queue:answers") }, 100, 50, default);
        var first = (await replays.TakeAsync("one", Period, default))!;
        var second = (await replays.TakeAsync("one", Period, default))!;
        await replays.PauseAsync(first.Job.Id, "ops", default);
        await replays.ResumeAsync(first.Job.Id, "ops", default);
        await replays.CancelAsync(second.Job.Id, "ops", default);
        (await replays.TakeAsync("two", Period, default)).ShouldBeNull();
        (await replays.ReadUntoldAsync(10, default)).ShouldBeEmpty();

        await store.ExecuteAsync("update ruangkerja.replay_job set expires_at = now() - interval '1 ms'");

        (await replays.TakeAsync("two", Period, default))!.Job.Id.ShouldBe(first.Job.Id);
        (await replays.ReadUntoldAsync(10, default)).ShouldHaveSingleItem().Id.ShouldBe(second.Job.Id);
    }

    [Fact]
    public async Task Should_never_move_again_when_it_is_cancelled()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        await replays.AddAsync(Request with { ReplyTo = new Uri("queue:answers") }, 100, 50, default);
        var taken = (await replays.TakeAsync("one", Period, default))!;

        (await replays.CancelAsync(taken.Job.Id, "ops", default)).Changed.ShouldBeTrue();

        (await replays.KeepAsync(taken, new ReplayProgress(80, 40, 0), Period, default)).ShouldBeFalse();
        (await replays.ReadUntoldAsync(10, default)).ShouldBeEmpty("it is still being sent");
        await replays.LeaveAsync(taken, new ReplayProgress(90, 45, 0), default);
        (await replays.ReadUntoldAsync(10, default)).ShouldHaveSingleItem().Sent.ShouldBe(45);
        (
            await replays.EndAsync(taken, new ReplayProgress(90, 45, 0), ReplayState.Finished, null, default)
        ).ShouldBeFalse();
        (await replays.ResumeAsync(taken.Job.Id, "ops", default)).Changed.ShouldBeFalse();
        (await replays.CancelAsync(taken.Job.Id, "ops", default)).Changed.ShouldBeFalse();
        (await replays.TakeAsync("one", Period, default)).ShouldBeNull();
        var job = (await replays.ReadAsync(taken.Job.Id, default))!;
        (job.State, job.Position, job.Sent, job.Holder).ShouldBe((ReplayState.Cancelled, 90, 45, null));
        job.EndedAt.ShouldNotBeNull();
        (await replays.ReadAuditAsync(job.Id, default))
            .Select(e => e.Action)
            .ShouldBe(["requested", "taken", "cancelled"]);
    }

    [Fact]
    public async Task Should_be_resumed_after_it_has_failed_and_tell_its_requester_each_time()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        await replays.AddAsync(Request with { ReplyTo = new Uri("rabbitmq://host/bus-1") }, 100, 50, default);
        await replays.AddAsync(Request, 100, 50, default);
        (await replays.ReadUntoldAsync(10, default)).ShouldBeEmpty();

        for (var n = 0; n < 2; n++)
        {
            var taken = (await replays.TakeAsync("one", Period, default))!;
            await replays.EndAsync(taken, new ReplayProgress(10 + n, 5, 0), ReplayState.Failed, "no queue", default);

            var untold = (await replays.ReadUntoldAsync(10, default)).ShouldHaveSingleItem();
            (untold.State, untold.Reason, untold.Position).ShouldBe((ReplayState.Failed, "no queue", 10 + n));
            await replays.NoteToldAsync(untold, default);
            (await replays.ReadUntoldAsync(10, default)).ShouldBeEmpty();
            (await replays.ResumeAsync(untold.Id, "ops", default)).Job!.Reason.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Should_be_told_of_again_when_it_failed_again_while_it_was_told()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        await replays.AddAsync(Request with { ReplyTo = new Uri("queue:answers") }, 100, 50, default);
        var first = await FailAsync();
        await replays.ResumeAsync(first.Id, "ops", default);
        var second = await FailAsync();

        await replays.NoteToldAsync(first, default);
        (await replays.ReadUntoldAsync(10, default)).ShouldHaveSingleItem().EndedAt.ShouldBe(second.EndedAt);
        await replays.NoteToldAsync(second, default);
        (await replays.ReadUntoldAsync(10, default)).ShouldBeEmpty();

        async Task<ReplayJob> FailAsync()
        {
            var taken = (await replays.TakeAsync("one", Period, default))!;
            await replays.EndAsync(taken, new ReplayProgress(10, 5, 0), ReplayState.Failed, "no queue", default);
            return (await replays.ReadUntoldAsync(10, default)).ShouldHaveSingleItem();
        }
    }

    [Fact]
    public async Task Should_keep_what_is_held_until_it_is_over_and_be_forgotten_long_after()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        var held = new HeldEvents { EventIds = [Guid.NewGuid()] };
        for (var n = 0; n < 3; n++)
            await replays.AddAsync(Request with { Filter = new EventFilter { Held = held } }, 100, 50, default);
        var finished = (await replays.TakeAsync("one", Period, default))!;
        await replays.EndAsync(finished, new ReplayProgress(100, 50, 0), ReplayState.Finished, null, default);
        var failed = (await replays.TakeAsync("one", Period, default))!;
        await replays.EndAsync(failed, new ReplayProgress(10, 5, 0), ReplayState.Failed, "no queue", default);
        var cancelled = (await replays.TakeAsync("one", Period, default))!;
        await replays.CancelAsync(cancelled.Job.Id, "ops", default);

        (await store.RowsAsync("select id from ruangkerja.replay_job where held is not null")).ShouldBe([
            $"{failed.Job.Id}",
        ]);
        (await replays.ListAsync([], null, 10, default)).ShouldAllBe(job => job.MissingOnly);

        (await replays.TrimAsync(TimeSpan.FromDays(90), 10, default)).ShouldBe(0);
        await store.ExecuteAsync("update ruangkerja.replay_job set ended_at = now() - interval '91 days'");
        (await replays.TrimAsync(TimeSpan.FromDays(90), 10, default)).ShouldBe(2);
        (await replays.ListAsync([], null, 10, default)).ShouldHaveSingleItem().Id.ShouldBe(failed.Job.Id);
        (await replays.ReadAuditAsync(finished.Job.Id, default)).ShouldBeEmpty();
        (await replays.ReadAuditAsync(failed.Job.Id, default)).Count.ShouldBe(3);
    }

    [Fact]
    public async Task Should_be_listed_the_latest_first_by_state_and_in_pages()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        var replays = new PostgresReplayStore(store.Database);
        var ids = new List<Guid>();
        for (var n = 0; n < 5; n++)
            ids.Add((await replays.AddAsync(Request, 1, 1, default)).Id);
        await replays.CancelAsync(ids[3], "ops", default);
        ids.Reverse();

        var page = await replays.ListAsync([], before: null, limit: 2, default);
        var next = await replays.ListAsync([], before: page[^1].Id, limit: 10, default);

        page.Concat(next).Select(job => job.Id).ShouldBe(ids);
        (await replays.ListAsync([ReplayState.Cancelled], null, 10, default)).Select(job => job.Id).ShouldBe([ids[1]]);
        (await replays.ReadAsync(Guid.NewGuid(), default)).ShouldBeNull();
        (await replays.PauseAsync(Guid.NewGuid(), "ops", default)).ShouldBe(new ReplayTransition(null, false));
    }
}
