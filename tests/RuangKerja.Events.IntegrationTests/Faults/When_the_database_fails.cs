using RuangKerja.Events.Diagnostics;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>PostgreSQL dies, or stops moving, while events are stored.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P2")]
public class When_the_database_fails(Servers servers)
{
    // The feed, the relay, the listener and two leases: each has a loop of its own.
    private const int Loops = 5;
    private static readonly TimeSpan Noticed = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F05_P2_Should_come_back_slowly_and_whole_after_a_crash()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var bench = await FaultBench.PrepareAsync(
            postgres.ConnectionString,
            await servers.CreateVirtualHostAsync()
        );
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        bench.Simulator.Resume();
        await postgres.KillAsync();
        await Wait.Until(() => bench.Deployment.FailureOf(PipelinePart.Feed) is not null, Noticed, "it is noticed");
        var (attempts, watch) = (bench.Database.Accepted, System.Diagnostics.Stopwatch.StartNew());
        await bench.Deployment.LiveAsync(transitions: 100);
        (bench.Database.Accepted - attempts).ShouldBeLessThan((int)(2 * Loops * watch.Elapsed.TotalSeconds));
        await postgres.StartAgainAsync();

        (await bench.JudgeAsync()).ShouldBeComplete();
        (await StoredInPartAsync(bench)).ShouldBeEmpty();
    }

    [Fact]
    public async Task F06_P2_Should_ask_what_became_of_a_commit_that_froze_and_recover_alone()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var bench = await FaultBench.PrepareAsync(
            postgres.ConnectionString,
            await servers.CreateVirtualHostAsync()
        );
        bench.Deployment.Configure(options =>
            options with
            {
                Storage = options.Storage with
                {
                    CommandTimeout = TimeSpan.FromSeconds(2),
                    ConnectTimeout = TimeSpan.FromSeconds(2),
                },
            }
        );
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);

        // Between a COMMIT and its answer.
        bench.Database.Upstream.Once(Bytes.AreCommit, () => bench.Database.Downstream.Swallows = true);
        bench.Simulator.Resume();
        await Wait.Until(() => bench.Database.Downstream.Swallows, Noticed, "a commit");
        await postgres.FreezeAsync();
        bench.Database.Heal();
        await Wait.Until(
            () => bench.Deployment.FailureOf(PipelinePart.Feed)?.Contains("what became of it") == true,
            Noticed,
            "the poller says that it does not know"
        );
        bench.Deployment.FailureOf(PipelinePart.Database).ShouldNotBeNull();
        await postgres.ThawAsync();

        await bench.LiveUntilReceivedAsync(10);
        (await bench.JudgeAsync()).ShouldBeComplete();
        (await StoredInPartAsync(bench)).ShouldBeEmpty();
        await Wait.Until(() => bench.Deployment.Health.All(part => part.Failure is null), Noticed, "all is well");
    }

    /// <summary>Events without their batch, streams that stand elsewhere than their events, snapshots behind their stream.</summary>
    private static Task<IReadOnlyList<string>> StoredInPartAsync(FaultBench bench) =>
        bench.Deployment.ColumnAsync(
            """
            select stream.id
            from ruangkerja.mt_streams as stream
            left join ruangkerja.mt_doc_coursestatussnapshot as snapshot using (tenant_id, id)
            left join ruangkerja.mt_events as event on event.tenant_id = stream.tenant_id and event.stream_id = stream.id
            left join ruangkerja.commit_batch as batch on batch.batch_id::text = event.correlation_id
            where stream.type = 'course_status_snapshot'
            group by stream.tenant_id, stream.id, stream.version, snapshot.data
            having stream.version is distinct from max(event.version) or count(*) <> count(batch.batch_id)
                or stream.version is distinct from (snapshot.data ->> 'version')::bigint
            """
        );
}
