using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>What is published may lie above an event whose commit takes long: a replay has both.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_commit_is_under_way(Servers servers)
{
    // Holds a commit of ID-101 back after it has taken its sequence, for as long as somebody has lock 10.
    private const string Slow = """
        create function public.is_slow() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock(10);
            return new;
        end $$;
        create trigger is_slow before insert on ruangkerja.outbox for each row
            when (new.stream_id like '%/ID-101/%') execute function public.is_slow();
        """;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_bring_what_was_stored_behind_it_and_what_it_stores(bool forLong)
    {
        await using var bench = await ReplayBench.CreateAsync(servers, employees: 2);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await using var gate = new NpgsqlConnection(bench.Store.Database.Options.ConnectionString);
        await gate.OpenAsync();
        await ExecuteAsync(gate, Slow);
        await ExecuteAsync(gate, "select pg_advisory_lock(10)");
        var slow = bench.Store.WriteAsync(StoreFixture.Row(CourseStatus.InProgress, 300, employee: 101));
        await Wait.Until(() => IsSlowAsync(bench), ReplayBench.Patience, "it waits, its sequence taken");
        await bench.Store.WriteAsync(StoreFixture.Row(CourseStatus.InProgress, 300, employee: 102));
        await bench.StartWorkerAsync();

        var asking = bench.AskAsync(ReplayBench.To("reports"));
        if (forLong)
        {
            // Asked for before it has ended: it waits for it, and says so.
            await bench.WaitForAsync(await asking, job => job.Reason is not null, "says what it waits for");
            queue.Received.ShouldBeEmpty();
        }

        await ExecuteAsync(gate, "select pg_advisory_unlock(10)");
        await slow;
        var job = await bench.WaitForEndAsync(await asking);

        (job.State, job.Through, job.Sent, job.Reason).ShouldBe((ReplayState.Finished, 8, 8, null));
        await queue.WaitForAsync(8);
        queue.Received.Select(message => $"{message.Change.EventId}").ShouldBe(await bench.StoredAsync());
    }

    private static async Task<bool> IsSlowAsync(ReplayBench bench) =>
        await bench.Store.ScalarAsync<long>(
            """
            select count(*) from pg_locks
            where locktype = 'advisory' and not granted and objid = 10
              and database = (select oid from pg_database where datname = current_database())
            """
        ) == 1;

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
