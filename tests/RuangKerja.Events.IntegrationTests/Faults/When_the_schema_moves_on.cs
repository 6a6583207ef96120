using Npgsql;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A newer version applies its schema while an older one still runs.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_schema_moves_on(Servers servers)
{
    // A lease that is not prolonged is over within its period; the rest is for a slow machine.
    private static readonly TimeSpan Over = Lease.Period + TimeSpan.FromSeconds(30);

    // As version 2 took and prolonged them.
    private const string OlderLeases = """
        insert into ruangkerja.lease (tenant_id, role, holder, term, expires_at)
        select '*DEFAULT*', role, 'older', 1, clock_timestamp() + interval '10 seconds' from unnest(array['feed', 'relay']) as role
        on conflict (tenant_id, role) do update
        set holder = excluded.holder, expires_at = excluded.expires_at
        where lease.holder = excluded.holder or lease.expires_at < clock_timestamp()
        """;

    [Fact]
    public async Task Should_write_nothing_more_and_say_so()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(5);

        // As this version did to the one before: docs/decisions/0022.
        await bench.Deployment.ColumnAsync(
            """
            begin;
            alter table ruangkerja.commit_batch add column fence integer not null default 3;
            alter table ruangkerja.commit_batch alter column fence drop default;
            insert into ruangkerja.schema_version (version) values (99);
            commit;
            """
        );
        var stored = await bench.Deployment.ColumnAsync("select count(*) from ruangkerja.mt_events");
        await bench.Deployment.LiveAsync(5);

        (
            await bench.WaitForTroubleAsync(PipelinePart.Database, "is of version 99; this program knows version 3")
        ).ShouldContain("Run a newer version of this program.");
        (await bench.Deployment.ColumnAsync("select count(*) from ruangkerja.mt_events")).ShouldBe(stored);
        await Wait.Until(
            async () =>
                (
                    await bench.Deployment.ColumnAsync(
                        "select role from ruangkerja.lease where expires_at > clock_timestamp()"
                    )
                ).Count == 0,
            Over,
            "both leases are free for the newer version, which changed nothing of them"
        );
    }

    [Fact]
    public async Task Should_go_on_as_the_newer_version_though_the_older_still_runs()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.Deployment.ColumnAsync(
            """
            insert into ruangkerja.lease (tenant_id, role, holder, term, expires_at, schema_version)
            select '*DEFAULT*', role, 'older', 1, clock_timestamp() + interval '10 seconds', 2 from unnest(array['feed', 'relay']) as role
            """
        );
        using var stopping = new CancellationTokenSource();
        var older = KeepOlderLeasesAsync(bench, stopping.Token);

        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(5);

        await stopping.CancelAsync();
        (await older).ShouldBeGreaterThan(0, "the older one tried to keep its leases");
    }

    /// <summary>Returns how often it was refused.</summary>
    private static async Task<int> KeepOlderLeasesAsync(FaultBench bench, CancellationToken stopping)
    {
        var refused = 0;
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await bench.Deployment.ColumnAsync(OlderLeases);
            }
            catch (PostgresException error) when (error.SqlState == PostgresErrorCodes.NotNullViolation)
            {
                refused++;
            }

            await Task.Delay(Lease.Period / 4, TimeProvider.System, stopping)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return refused;
    }
}
