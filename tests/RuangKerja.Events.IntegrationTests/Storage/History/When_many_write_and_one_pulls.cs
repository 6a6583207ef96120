using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>Four writers whose commits take random times and fail at random, and one that follows them.</summary>
[Trait("Promise", "P1")]
public class When_many_write_and_one_pulls(Servers servers)
{
    private const int Writers = 4;
    private const int Commits = 50;

    // Between the taking of a sequence and the commit.
    private const string Adversity = """
        create function public.has_luck() returns trigger language plpgsql as $$
        begin
            perform pg_sleep(random() * 0.01);
            if random() < 0.2 then
                raise exception 'somebody else was first' using errcode = 'serialization_failure';
            end if;
            return new;
        end $$;
        create trigger has_luck before insert on ruangkerja.outbox for each row execute function public.has_luck();
        """;

    [Fact]
    public async Task Should_see_every_event_once_and_in_order()
    {
        await using var store = await CreateAsync(servers);
        await store.ExecuteAsync(Adversity);

        var writing = Task.WhenAll(
            Enumerable.Range(1, Writers).Select(writer => Task.Run(() => WriteAsync(store, writer)))
        );
        var (pulled, after, looks) = (new List<long>(), 0L, 0);
        while (true)
        {
            var isLast = writing.IsCompleted;
            var horizon = await store.History.ReadHorizonAsync(CancellationToken.None);
            pulled.AddRange(
                await store.History.FindAsync(new EventFilter(), after, horizon, int.MaxValue, CancellationToken.None)
            );
            // It may go back: there is nothing new between.
            (after, looks) = (Math.Max(after, horizon), looks + 1);
            if (isLast)
                break;
        }

        await writing;
        // Marten puts a tombstone where a sequence was taken in vain.
        var stored = await store.RowsAsync(
            "select seq_id from ruangkerja.mt_events where type = 'course_status_changed' order by seq_id"
        );
        stored.Count.ShouldBe(Writers * Commits * 2);
        pulled.Select(sequence => $"{sequence}").ShouldBe(stored);
        looks.ShouldBeGreaterThan(Commits, "it looked while they wrote");
        after.ShouldBeGreaterThan(stored.Count, "sequences were taken in vain");
    }

    private static async Task WriteAsync(StoreFixture store, int writer)
    {
        for (var commit = 1; commit <= Commits; commit++)
        {
            var employee = 1_000 * writer + commit;
            while (!await TryWriteAsync(store, employee)) { }
        }
    }

    private static async Task<bool> TryWriteAsync(StoreFixture store, int employee)
    {
        var commit = await store.PrepareAsync([
            Row(CourseStatus.NotStarted, 1, employee),
            Row(CourseStatus.InProgress, 2, employee),
        ]);
        var outcome = await store.Store.CommitAsync(commit with { Progress = new NoMove() }, CancellationToken.None);
        return outcome == CommitOutcome.Committed;
    }
}
