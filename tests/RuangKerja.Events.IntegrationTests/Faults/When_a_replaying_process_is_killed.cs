using RuangKerja.Events.IntegrationTests.Replay;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The built executable, killed again and again in the middle of one replay.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replaying_process_is_killed(Servers servers)
{
    private const int Kills = 4;

    // Between two kills, and so in all, the replay cannot be over.
    private const int Seconds = 12;

    [Fact]
    public async Task F39_P5_Should_go_on_where_it_stood_and_repeat_only_with_the_same_ids()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await using var replays = new ReplayBeside(bench);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Deployment.Broker, ReplayBeside.Queue);
        var service = bench.StartService();
        await bench.WaitForBootstrapAsync();
        var stored = await bench.Deployment.ColumnAsync("select event_id from ruangkerja.event_index order by seq_id");

        var job = await replays.AskAsync(rate: stored.Count / Seconds);
        for (var kill = 0; kill < Kills; kill++)
        {
            await queue.WaitForAsync(queue.Received.Count + (stored.Count / Seconds));
            await service.DisposeAsync();
            var left = (await replays.Store.ReadAsync(job.Id, default))!;
            (left.State, left.Sent < stored.Count).ShouldBe((ReplayState.Running, true));
            // As when the time of whoever is gone is over.
            await bench.Deployment.ColumnAsync("update ruangkerja.replay_job set expires_at = now()");
            service = bench.StartService();
        }

        await using var last = service;
        job = await replays.WaitForEndAsync(job);

        (job.State, job.Sent, job.Total).ShouldBe((ReplayState.Finished, stored.Count, stored.Count));
        await Wait.Until(() => queue.EventIds.Count == stored.Count, ReplayBench.Patience, "all events");
        queue.EventIds.ShouldBe(stored, "in order, but for what comes again");
        queue
            .Received.GroupBy(message => message.Change.EventId)
            .ShouldAllBe(same => same.Select(message => message.Properties.MessageId).Distinct().Count() == 1);
        queue.Received.Count.ShouldBeLessThan(2 * stored.Count, "it does not begin anew");
        (await replays.Store.ReadAuditAsync(job.Id, default))
            .Count(entry => entry is { Action: "taken", Detail: not null } && entry.Detail.Contains("left behind by"))
            .ShouldBe(Kills);
        (await bench.JudgeAsync()).ShouldBeComplete();
    }
}
