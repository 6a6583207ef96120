using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>Sequences are taken before commits: what has a lower one may appear later, or never.</summary>
[Trait("Promise", "P1")]
public class When_a_commit_is_slow(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly EventFilter Any = new();

    // Holds a commit of ID-1 back after it has taken its sequence, for as long as somebody has lock 10; then undoes it, if it is to be.
    private const string Slow = """
        create table if not exists public.fate (undone boolean not null);
        create or replace function public.is_slow() returns trigger language plpgsql as $$
        begin
            perform pg_advisory_xact_lock(10);
            if exists (select from public.fate where undone) then
                raise exception 'somebody else was first' using errcode = 'serialization_failure';
            end if;
            return new;
        end $$;
        create trigger is_slow before insert on {schema}.outbox for each row
            when (new.stream_id like '%/ID-1/%') execute function public.is_slow();
        """;

    // What a reader looks at, before the server's own: whichever it looks at second waits for lock 12 first.
    private const string SecondLook = """
        create sequence public.looks;
        create function public.look() returns void language plpgsql as $$
        begin
            if nextval('public.looks') = 2 then
                perform pg_advisory_xact_lock(12);
            end if;
        end $$;
        create function public.pg_sequence_last_value(regclass) returns bigint language plpgsql as $$
        begin
            perform public.look();
            return pg_catalog.pg_sequence_last_value($1);
        end $$;
        create function public.locks() returns setof pg_catalog.pg_locks language plpgsql as $$
        begin
            perform public.look();
            return query select * from pg_catalog.pg_locks;
        end $$;
        create view public.pg_locks as select * from public.locks();
        """;

    [Fact]
    public async Task Should_not_go_past_it_before_it_is_there()
    {
        await using var store = await CreateAsync(servers);
        await using var gate = await GateAsync(store);
        var slow = store.WriteAsync(Row(CourseStatus.InProgress, 1, employee: 1));
        await WaitForSlowAsync(store);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1, employee: 2));
        await store.CommitAsync(Row(CourseStatus.InProgress, 1, employee: 3));

        (await HorizonAsync(store)).ShouldBe(0);
        (await store.History.FindAsync(Any, 0, long.MaxValue, 10, CancellationToken.None)).ShouldBe(
            [2, 3],
            "what came later is there already"
        );

        await ExecuteAsync(gate, "select pg_advisory_unlock(10)");
        await slow;

        (await HorizonAsync(store)).ShouldBe(3);
        (await store.FindAsync(Any)).ShouldBe(["default ID-1 v1", "default ID-2 v1", "default ID-3 v1"]);
    }

    [Fact]
    public async Task Should_see_one_that_begins_between_two_looks()
    {
        await using var store = await CreateAsync(servers);
        await using var gate = await GateAsync(store);
        await store.ExecuteAsync(SecondLook);
        await ExecuteAsync(gate, "select pg_advisory_lock(12)");
        await using var database = new Database(
            store.Database.Options with
            {
                ConnectionString = $"{store.Database.Options.ConnectionString};Search Path=public,pg_catalog",
            }
        );

        var reading = new PostgresEventHistory(database).ReadHorizonAsync(CancellationToken.None);
        await WaitForSlowAsync(store, at: 12);
        var slow = store.WriteAsync(Row(CourseStatus.InProgress, 1, employee: 1));
        await WaitForSlowAsync(store);
        await ExecuteAsync(gate, "select pg_advisory_unlock(12)");

        (await reading).ShouldBe(0);
        await ExecuteAsync(gate, "select pg_advisory_unlock(10)");
        await slow;
        (await HorizonAsync(store)).ShouldBe(1);
    }

    [Fact]
    public async Task Should_not_wait_for_what_was_undone()
    {
        await using var store = await CreateAsync(servers);
        await using var gate = await GateAsync(store);
        await store.ExecuteAsync("insert into public.fate values (true)");
        var commit = await store.PrepareAsync([Row(CourseStatus.InProgress, 1, employee: 1)]);
        var undone = store.Store.CommitAsync(commit, CancellationToken.None);
        await WaitForSlowAsync(store);
        await store.WriteAsync(Row(CourseStatus.InProgress, 1, employee: 2));
        (await HorizonAsync(store)).ShouldBe(0);

        await ExecuteAsync(gate, "select pg_advisory_unlock(10)");
        (await undone).ShouldBe(CommitOutcome.AssignmentMoved);

        (await HorizonAsync(store)).ShouldBe(2);
        (await store.FindAsync(Any)).ShouldBe(["default ID-2 v1"]);
    }

    [Fact]
    public async Task Should_not_hold_back_another_deployment_in_the_same_database()
    {
        await using var store = await CreateAsync(servers);
        var options = store.Database.Options with { Schema = "other" };
        await using var database = new Database(options);
        await new DatabaseSchema(database).ApplyAsync(CancellationToken.None);
        await using var gate = await GateAsync(store);
        var slow = store.WriteAsync(Row(CourseStatus.InProgress, 1, employee: 1));
        await WaitForSlowAsync(store);

        await WriteAsync(database.Options.Engine.CreateStore(database), Row(CourseStatus.InProgress, 1, employee: 1));

        (await new PostgresEventHistory(database).ReadHorizonAsync(CancellationToken.None)).ShouldBe(1);
        (await HorizonAsync(store)).ShouldBe(0);
        await ExecuteAsync(gate, "select pg_advisory_unlock(10)");
        await slow;
    }

    private static Task<long> HorizonAsync(StoreFixture store) =>
        store.History.ReadHorizonAsync(CancellationToken.None);

    private static async Task<NpgsqlConnection> GateAsync(StoreFixture store)
    {
        var gate = new NpgsqlConnection(store.Database.Options.ConnectionString);
        await gate.OpenAsync();
        await ExecuteAsync(gate, Slow.Replace("{schema}", "ruangkerja"));
        await ExecuteAsync(gate, "select pg_advisory_lock(10)");
        return gate;
    }

    private static Task WaitForSlowAsync(StoreFixture store, int at = 10) =>
        Wait.Until(
            async () =>
                await store.ScalarAsync<long>(
                    $"""
                    select count(*) from pg_locks
                    where locktype = 'advisory' and not granted and objid = {at}
                      and database = (select oid from pg_database where datname = current_database())
                    """
                ) == 1,
            Patience,
            "it waits, its sequence taken"
        );

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
