using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

public class When_the_backlog_is_read(Servers servers)
{
    [Fact]
    public async Task Should_find_nothing_in_an_empty_database()
    {
        await using var store = await CreateAsync(servers);

        (await ReadAsync(store)).ShouldBe(new Backlog(0, OldestPending: null, 0, 0, 0, 0, CountedTo: 1_000));
    }

    [Fact]
    public async Task Should_count_every_state_for_its_company_alone()
    {
        await using var store = await CreateAsync(servers);
        Company.TryCreate("other", out var other).ShouldBeTrue();
        var rejected = new RejectedRow("""{"employeeID":"ID-9"}""", ["status is missing."]);
        await store.Store.CommitAsync(
            await store.PrepareAsync([.. Rows(1..11)], rejected: [rejected]),
            CancellationToken.None
        );
        await store.Store.CommitAsync(
            await store.PrepareAsync([Row(CourseStatus.InProgress, 1, company: "other")], other),
            CancellationToken.None
        );
        await SetStateAsync(store, "unroutable", 1..5);
        await SetStateAsync(store, "unpublishable", 5..6);
        await SetStateAsync(store, "held", 6..8);
        await store.ExecuteAsync(
            "update ruangkerja.outbox set queued_at = now() - interval '10 minutes' where state = 'pending' and tenant_id = '*DEFAULT*'"
        );

        var backlog = await ReadAsync(store);

        (backlog.Pending, backlog.Held, backlog.Unroutable, backlog.Unpublishable).ShouldBe((3, 2, 4, 1));
        backlog.Quarantined.ShouldBe(1);
        backlog.HeldReason.ShouldBe("As told.");
        backlog.HeldSince.ShouldNotBeNull();
        backlog.OldestPending!.Value.ShouldBeInRange(TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(15));
        (await ReadAsync(store, other)).Pending.ShouldBe(1);
    }

    /// <summary>They wait for an operator: the broker could not get them any sooner.</summary>
    [Fact]
    public async Task Should_not_count_what_waits_behind_held_events_as_pending()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        await SetStateAsync(store, "held", 1..2);
        await store.CommitAsync(Row(CourseStatus.Completed, 2), Row(CourseStatus.InProgress, 1, employee: 2));

        var backlog = await ReadAsync(store);

        (backlog.Pending, backlog.Held).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Should_stop_counting_where_it_is_told_to()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync([.. Rows(1..11)]);

        var backlog = await ReadAsync(store, countTo: 4);

        (backlog.Pending, backlog.CountedTo).ShouldBe((4, 4));
    }

    /// <summary>Only what is pending slows polling down; of all else nothing depends on how much is much.</summary>
    [Fact]
    public async Task Should_stop_counting_all_that_is_not_pending_at_ten_thousand()
    {
        await using var store = await CreateAsync(servers);
        await store.ExecuteAsync(
            """
            insert into ruangkerja.outbox (seq_id, event_id, tenant_id, stream_id, state)
            select i, gen_random_uuid(), '*DEFAULT*', i::text, (array['pending', 'held', 'unroutable', 'unpublishable'])[1 + i % 4]
            from generate_series(1, 40040) as i
            """
        );
        await store.ExecuteAsync(
            """
            insert into ruangkerja.quarantine (tenant_id, source, row_hash, raw, reasons)
            select '*DEFAULT*', 'feed', decode(lpad(to_hex(i), 8, '0'), 'hex'), '{}', array['It is empty.']
            from generate_series(1, 10010) as i
            """
        );

        var backlog = await ReadAsync(store, countTo: 200_000);

        (backlog.Pending, backlog.CountedTo, backlog.OthersCountedTo).ShouldBe((10_010, 200_000, 10_000));
        (backlog.Held, backlog.Unroutable, backlog.Unpublishable, backlog.Quarantined).ShouldBe(
            (10_000, 10_000, 10_000, 10_000)
        );
    }

    [Fact]
    public async Task Should_tell_how_far_the_feed_is_read_by_the_databases_clock()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync();
        await store.ExecuteAsync(
            "update ruangkerja.poll_progress set watermark = now() - interval '3 minutes', updated_at = now() - interval '2 minutes'"
        );

        var feed = (await ReadAsync(store)).Feed.ShouldNotBeNull();

        feed.CaughtUp.ShouldBeTrue();
        feed.Age.ShouldBeInRange(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(8));
        (feed.Age - feed.StoredAgo).ShouldBe(TimeSpan.FromMinutes(1));
    }

    private static Task<Backlog> ReadAsync(StoreFixture store, Company? company = null, long countTo = 1_000) =>
        new PostgresBacklogStore(store.Database).ReadAsync(company ?? Company.Default, countTo, CancellationToken.None);

    /// <summary>Each of another employee, and by its number the one event of it.</summary>
    private static IEnumerable<FeedObservation> Rows(Range employees) =>
        Enumerable
            .Range(employees.Start.Value, employees.End.Value - employees.Start.Value)
            .Select(i => Row(CourseStatus.InProgress, i, employee: i));

    private static Task SetStateAsync(StoreFixture store, string state, Range sequences) =>
        store.ExecuteAsync(
            $"""
            update ruangkerja.outbox set state = '{state}', reason = 'As told.'
            where seq_id >= {sequences.Start.Value} and seq_id < {sequences.End.Value}
            """
        );
}
