using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>Sixty events that take the server 50 ms each to look at, and two of them are meant.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_rare_event_is_looked_for(Servers servers)
{
    // Looked at first, whatever else is asked of a row, and in order of sequence.
    private const string Slowly = """
        insert into ruangkerja.event_index
            (seq_id, event_id, tenant_id, stream_id, version, kind, status, baseline, occurred_at, recorded_at)
        select i, gen_random_uuid(), '*DEFAULT*', i, 1, case when i in (25, 55) then 'completed' else 'started' end,
               'in_progress', false, now(), now()
        from generate_series(1, 60) as i;

        create function public.look() returns boolean language plpgsql volatile cost 0.0001 as $$
        begin
            perform pg_sleep(0.05);
            return true;
        end $$;
        alter table ruangkerja.event_index rename to all_events;
        create view ruangkerja.event_index as select * from ruangkerja.all_events where public.look();
        do $$ begin execute format('alter database %I set enable_seqscan = off', current_database()); end $$;
        """;

    private static readonly EventFilter Completed = new() { Kinds = [ChangeKind.Completed] };

    [Fact]
    public async Task Should_find_it_by_statements_of_bounded_length()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.ExecuteAsync(Slowly);
        await using var impatient = new Database(
            store.Database.Options with
            {
                CommandTimeout = TimeSpan.FromSeconds(2),
            }
        );
        var history = new PostgresEventHistory(impatient) { Window = 10 };

        (await history.FindAsync(Completed, 0, 60, limit: 10, CancellationToken.None)).ShouldBe([25, 55]);
        (await history.FindAsync(Completed, 0, 60, limit: 1, CancellationToken.None)).ShouldBe([25]);
        (await history.FindAsync(Completed, 25, 54, limit: 1, CancellationToken.None)).ShouldBeEmpty();
    }
}
