using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Storage;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Transactions of others are open, late or undone between ours: sequences come late, or never.</summary>
[Trait("Promise", "P1")]
public sealed class When_others_write_to_the_tables(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F09_P1_Should_publish_beside_a_transaction_that_nobody_ends()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(5);
        await using var intruder = new NpgsqlConnection(bench.Deployment.ConnectionString);
        await intruder.OpenAsync();
        await using var open = await intruder.BeginTransactionAsync();
        await ExecuteAsync(
            intruder,
            """
            insert into ruangkerja.mt_streams (tenant_id, id, version) values ('*DEFAULT*', 'intruder', 1);
            insert into ruangkerja.mt_events (seq_id, id, stream_id, version, data, type, timestamp)
            values (nextval('ruangkerja.mt_events_sequence'), gen_random_uuid(), 'intruder', 1, '{}', 'other', now());
            insert into ruangkerja.outbox (seq_id, event_id, tenant_id, stream_id)
            values (currval('ruangkerja.mt_events_sequence'), gen_random_uuid(), '*DEFAULT*', 'intruder');
            """
        );

        await bench.LiveUntilReceivedAsync(20);

        (await bench.JudgeAsync()).ShouldBeComplete();
        // It was there all the time.
        await open.RollbackAsync();
    }

    [Fact]
    public async Task F10_P1_Should_send_what_becomes_visible_behind_what_was_sent()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        await using var gate = new NpgsqlConnection(bench.Deployment.ConnectionString);
        await gate.OpenAsync();
        await ExecuteAsync(
            gate,
            """
            create function public.is_slow() returns trigger language plpgsql as $$
            begin
                perform pg_advisory_xact_lock(10);
                return new;
            end $$;
            create trigger is_slow before insert on ruangkerja.outbox for each row
                when (new.stream_id like '%/ID-1/%') execute function public.is_slow();
            select pg_advisory_lock(10);
            """
        );
        var slow = WriteAsync(bench, StoreFixture.Row(CourseStatus.InProgress, 1, employee: 1));
        await Wait.Until(async () => await CountWaitingAsync(bench) == 1, Patience, "it waits, its sequence taken");
        await WriteAsync(bench, StoreFixture.Row(CourseStatus.InProgress, 1, employee: 2));
        await Wait.Until(() => bench.Subscriber.Received.Count == 1, Patience, "the later one is received");

        await ExecuteAsync(gate, "select pg_advisory_unlock(10)");
        await slow;
        await Wait.Until(() => bench.Subscriber.Received.Count == 2, Patience, "the earlier one is received");

        bench.Subscriber.Received.Select(change => change.EmployeeId).ShouldBe(["ID-2", "ID-1"]);
        bench.Subscriber.Received.Select(change => change.Sequence).ShouldBeInOrder(SortDirection.Descending);
    }

    [Fact]
    public async Task F11_P1_Should_pass_sequences_that_were_never_committed()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        // Every other transaction loses against somebody, after it has taken its sequences.
        await bench.Deployment.ColumnAsync(
            """
            create sequence public.turn;
            create function public.loses() returns trigger language plpgsql as $$
            begin
                if nextval('public.turn') % 2 = 1 then
                    raise exception 'somebody else was first' using errcode = 'serialization_failure';
                end if;
                return null;
            end $$;
            create trigger loses after insert on ruangkerja.outbox execute function public.loses();
            """
        );

        await bench.LiveUntilReceivedAsync(20);

        (await bench.JudgeAsync()).ShouldBeComplete();
        var unused = await bench.Deployment.ColumnAsync(
            "select last_value - (select count(*) from ruangkerja.event_index) from ruangkerja.mt_events_sequence"
        );
        long.Parse(unused.Single()).ShouldBeGreaterThanOrEqualTo(20, "as many were taken in vain as were used");
    }

    private static Task<ChunkResult> WriteAsync(FaultBench bench, Observation row)
    {
        var writer = new ChunkWriter(
            Company.Default,
            bench.Deployment.Store,
            new DetectionOptions(),
            surgeLimit: null,
            TimeProvider.System
        );
        return writer.WriteAsync(
            new JudgedRows([row], Rejected: []),
            new NoMove(),
            baseline: default,
            writer.NewSurge(),
            resolved: [],
            CancellationToken.None
        );
    }

    private static async Task<int> CountWaitingAsync(FaultBench bench) =>
        (
            await bench.Deployment.ColumnAsync(
                """
                select pid from pg_locks
                where locktype = 'advisory' and not granted
                  and database = (select oid from pg_database where datname = current_database())
                """
            )
        ).Count;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
