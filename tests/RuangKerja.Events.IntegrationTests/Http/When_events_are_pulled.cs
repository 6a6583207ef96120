using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Tests.Http;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Http;

/// <summary>Those who pull get every event once and in order, whatever those who write do.</summary>
[Trait("Promise", "P1")]
public sealed class When_events_are_pulled(Servers servers)
{
    private const int Writers = 3;
    private const int Commits = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    // Between the taking of a sequence and the commit: some take a while, some come to nothing.
    private const string Adversity = """
        create function public.has_luck() returns trigger language plpgsql as $$
        begin
            perform pg_sleep(random() * case when random() < 0.1 then 0.3 else 0.02 end);
            if random() < 0.2 then
                raise exception 'somebody else was first' using errcode = 'serialization_failure';
            end if;
            return new;
        end $$;
        create trigger has_luck before insert on ruangkerja.outbox for each row execute function public.has_luck();
        """;

    // Holds the commits of ID-1 and ID-2 back, their sequences taken, while somebody has lock 1 or 2.
    private const string Gates = """
        create function public.is_held_back() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock(case when new.stream_id like '%/ID-1/%' then 1 else 2 end);
            return new;
        end $$;
        create trigger is_held_back before insert on ruangkerja.outbox for each row
            when (new.stream_id similar to '%/ID-[12]/%') execute function public.is_held_back();
        select pg_advisory_lock(1), pg_advisory_lock(2);
        """;

    [Fact]
    public async Task Should_miss_nothing_by_parts_or_as_a_stream_that_breaks_off_again_and_again()
    {
        await using var store = await CreateAsync(servers);
        await using var api = await StoreApi.StartAsync(store);
        await store.ExecuteAsync(Adversity);

        var writing = Task.WhenAll(
            Enumerable.Range(1, Writers).Select(writer => Task.Run(() => WriteAsync(store, writer)))
        );
        var parts = PullAsync(api, writing);
        var streamed = FollowAsync(api, Writers * Commits * 2);
        await writing;

        var stored = (
            await store.RowsAsync(
                "select seq_id from ruangkerja.mt_events where type = 'course_status_changed' order by seq_id"
            )
        ).ToList();
        stored.Count.ShouldBe(Writers * Commits * 2);
        (await parts).ShouldBe(stored);
        (await streamed).ShouldBe(stored);
    }

    [Fact]
    public async Task Should_wait_for_both_of_two_open_transactions()
    {
        await using var store = await CreateAsync(servers);
        await using var api = await StoreApi.StartAsync(store);
        await using var gates = new NpgsqlConnection(store.Database.Options.ConnectionString);
        await gates.OpenAsync();
        await ExecuteAsync(gates, Gates);
        using var stream = await FollowedStream.OpenAsync(api.Client, "/api/events/stream");

        var first = store.WriteAsync(Row(CourseStatus.InProgress, 1, employee: 1));
        await WaitForHeldBackAsync(store, 1);
        var second = store.WriteAsync(Row(CourseStatus.InProgress, 1, employee: 2));
        await WaitForHeldBackAsync(store, 2);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1, employee: 3));

        (await SequencesAsync(api)).ShouldBeEmpty("two with lower sequences may still come");

        await ExecuteAsync(gates, "select pg_advisory_unlock(2)");
        await second;
        (await SequencesAsync(api)).ShouldBeEmpty("one with a lower sequence may still come");

        await ExecuteAsync(gates, "select pg_advisory_unlock(1)");
        await first;
        (await SequencesAsync(api)).ShouldBe(["1", "2", "3"]);
        foreach (var sequence in (string[])["1", "2", "3"])
            (await stream.NextAsync(Patience)).Id.ShouldBe(sequence);
    }

    private static async Task<string[]> SequencesAsync(StoreApi api)
    {
        var page = await api.GetAsync("/api/events");
        return [.. page["events"]!.AsArray().Select(entry => $"{entry!["sequence"]}")];
    }

    private static async Task<List<string>> PullAsync(StoreApi api, Task writing)
    {
        var (pulled, after) = (new List<string>(), 0L);
        while (true)
        {
            var isLast = writing.IsCompleted;
            var page = await api.GetAsync($"/api/events?limit=7&after={after}");
            pulled.AddRange(page["events"]!.AsArray().Select(entry => $"{entry!["sequence"]}"));
            var (next, horizon) = ((long)page["next"]!, (long)page["horizon"]!);
            next.ShouldBeInRange(after, horizon);
            after = next;
            if (isLast && next == horizon)
                return pulled;
        }
    }

    private static async Task<List<string>> FollowAsync(StoreApi api, int count)
    {
        var followed = new List<string>();
        while (followed.Count < count)
        {
            using var stream = await FollowedStream.OpenAsync(
                api.Client,
                "/api/events/stream",
                followed.Count > 0 ? followed[^1] : null
            );
            for (var i = 0; i < 11 && followed.Count < count; i++)
                followed.Add((await stream.NextAsync(Patience)).Id!);
        }

        return followed;
    }

    private static async Task WriteAsync(StoreFixture store, int writer)
    {
        for (var commit = 1; commit <= Commits; commit++)
        {
            var employee = (1_000 * writer) + commit;
            while (!await TryWriteAsync(store, employee)) { }
        }
    }

    private static async Task<bool> TryWriteAsync(StoreFixture store, int employee)
    {
        var commit = await store.PrepareAsync([
            Row(CourseStatus.NotStarted, 1, employee),
            Row(CourseStatus.InProgress, 2, employee),
        ]);
        return await store.Store.CommitAsync(commit with { Progress = new NoMove() }, CancellationToken.None)
            == CommitOutcome.Committed;
    }

    private static Task WaitForHeldBackAsync(StoreFixture store, int count) =>
        Wait.Until(
            async () =>
                await store.ScalarAsync<long>(
                    """
                    select count(*) from pg_locks
                    where locktype = 'advisory' and not granted
                      and database = (select oid from pg_database where datname = current_database())
                    """
                ) == count,
            Patience,
            "they wait, their sequences taken"
        );

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
