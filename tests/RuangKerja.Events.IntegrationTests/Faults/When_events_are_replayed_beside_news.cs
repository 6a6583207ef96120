using RabbitMQ.Client;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.IntegrationTests.Replay;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A replay of everything to a queue that gets the news as well, while the same assignments go on changing.</summary>
[Trait("Promise", "P5")]
public sealed class When_events_are_replayed_beside_news(Servers servers)
{
    private const string Leases = "select concat(tenant_id, role, holder, term) from ruangkerja.lease order by 1";

    [Fact]
    public async Task F38_P5_Should_reach_only_who_asked_and_move_no_live_position()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await using var replays = new ReplayBeside(bench);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Deployment.Broker, ReplayBeside.Queue);
        await using var bystander = await ReplayQueue.DeclareAsync(bench.Deployment.Broker, "bystander");
        await bench.StartPipelineAsync();
        await queue.BindAsync(RelayFixture.BaseExchange);
        await using var copies = await AmqpQueue.BindAsync(bench.Deployment.Broker, RelayFixture.BaseExchange);
        await bench.LiveUntilReceivedAsync(30);
        var leases = await bench.Deployment.ColumnAsync(Leases);

        // The past, several times over, while life goes on.
        var living = bench.LiveUntilReceivedAsync(60);
        var jobs = new List<ReplayJob>();
        do jobs.Add(await replays.WaitForEndAsync(await replays.AskAsync()));
        while (!living.IsCompleted);
        await living;
        var verdict = await bench.JudgeAsync();

        verdict.ShouldBeComplete();
        verdict.Repeated.ShouldBe(0, "subscribers to the news get nothing twice");
        copies.Received.ShouldAllBe(message => message.Header("replayId") == null);
        bystander.Received.ShouldBeEmpty();
        (await bench.Deployment.ColumnAsync(Leases)).ShouldBe(leases);
        (await bench.Deployment.ColumnAsync("select event_id from ruangkerja.outbox")).ShouldBeEmpty();
        foreach (var job in jobs)
        {
            var stored = await bench.Deployment.ColumnAsync(
                $"select event_id from ruangkerja.event_index where seq_id <= {job.Through} order by seq_id"
            );
            (job.State, job.Sent).ShouldBe((ReplayState.Finished, stored.Count));
            await Wait.Until(() => Of(queue, job).Count >= stored.Count, ReplayBench.Patience, "all of the replay");
            Of(queue, job).Select(message => $"{message.Change.EventId}").ShouldBe(stored);
        }

        await JudgeVersionGuardAsync(bench, queue);
    }

    /// <summary>Who takes nothing that is older than what it has ends with the truth, in whatever order both have come.</summary>
    private static async Task JudgeVersionGuardAsync(FaultBench bench, ReplayQueue queue)
    {
        var known = new Dictionary<string, long>();
        foreach (var change in queue.Received.Select(message => message.Change))
            known[change.AssignmentId] = Math.Max(change.Version, known.GetValueOrDefault(change.AssignmentId));

        var truth = await bench.Deployment.ColumnAsync(
            "select concat(stream_id, ' v', max(version)) from ruangkerja.event_index group by stream_id"
        );
        known.Select(entry => $"{entry.Key} v{entry.Value}").ShouldBe(truth, ignoreOrder: true);
    }

    private static IReadOnlyList<AmqpMessage> Of(ReplayQueue queue, ReplayJob job) =>
        [.. queue.Received.Where(message => message.Header("replayId") == $"{job.Id}")];
}
