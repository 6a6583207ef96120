using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>A queue that goes on taking nothing, of a subscriber that is away: the replays of others do not wait for it.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replay_is_put_off(Servers servers)
{
    private const int Employees = 20;
    private const int Events = 3 * Employees;

    [Fact]
    public async Task Should_give_its_place_to_others_and_go_on_when_its_time_has_come()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, Employees);
        await using var full = await ReplayQueue.DeclareAsync(bench.Broker, "reports-full", consumed: false, room: 5);
        await using var other = await ReplayQueue.DeclareAsync(bench.Broker, "reports-other");
        await bench.StartWorkerAsync(parallelism: 1);

        var job = await bench.AskAsync(ReplayBench.To("reports-full"));
        var next = await bench.AskAsync(ReplayBench.To("reports-other"));
        (await bench.WaitForEndAsync(next)).Sent.ShouldBe(Events);
        job = await bench.ReadAsync(job);
        (job.State, job.Holder).ShouldBe((ReplayState.Waiting, null));
        job.Reason.ShouldNotBeNull().ShouldContain("the queue is full");

        await full.ConsumeAsync();
        await bench.Store.ExecuteAsync("update ruangkerja.replay_job set not_before = now()");
        bench.Signal.Set();
        job = await bench.WaitForEndAsync(job);

        (job.State, job.Sent, job.Reason).ShouldBe((ReplayState.Finished, Events, null));
        await Wait.Until(() => full.EventIds.Count == Events, ReplayBench.Patience, "all events");
        (await bench.Replays.ReadAuditAsync(job.Id, default))
            .Select(entry => entry.Action)
            .ShouldBe(["requested", "taken", "finished"]);
    }

    [Fact]
    public async Task Should_be_taken_by_nobody_before_its_time()
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 1);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        var job = await bench.AskAsync(ReplayBench.To("reports"));
        var taken = (await bench.Replays.TakeAsync("one", TimeSpan.FromHours(1), default)).ShouldNotBeNull();

        var progress = new ReplayProgress(2, 1, 0);
        (await bench.Replays.PutOffAsync(taken, progress, "full", TimeSpan.FromHours(1), default)).ShouldBeTrue();
        (await bench.Replays.PutOffAsync(taken, progress, "full", TimeSpan.FromHours(1), default)).ShouldBeFalse();

        (await bench.Replays.TakeAsync("other", TimeSpan.FromHours(1), default)).ShouldBeNull();
        (await bench.ReadAsync(job)).ShouldSatisfyAllConditions(
            now => now.State.ShouldBe(ReplayState.Waiting),
            now => (now.Position, now.Sent, now.Reason).ShouldBe((2, 1, "full"))
        );
        await bench.Store.ExecuteAsync("update ruangkerja.replay_job set not_before = now()");
        (await bench.Replays.TakeAsync("other", TimeSpan.FromHours(1), default)).ShouldNotBeNull();
    }
}
