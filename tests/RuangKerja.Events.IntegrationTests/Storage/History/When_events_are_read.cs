using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage.History;

/// <summary>Whole events, their sums, and the timeline of one assignment.</summary>
public class When_events_are_read(Servers servers)
{
    private static readonly EventFilter Any = new() { Baseline = true };

    [Fact]
    public async Task Should_tell_all_that_is_stored_of_each()
    {
        await using var store = await StoredPast.CreateAsync(servers);

        var stored = (await store.History.ReadAsync([6, 1], CancellationToken.None))[1];

        (stored.Sequence, stored.Company, stored.Version).ShouldBe((6, StoredPast.Acme, 2));
        stored.AssignmentId.ShouldBe(AssignmentId.FromFeed("ASGC-1", "ID-1", "Course of acme"));
        stored.Change!.Kind.ShouldBe(ChangeKind.Completed);
        stored.Change.OccurredAt.ShouldBe(Start.AddSeconds(120));
        (await store.RowsAsync("select id from ruangkerja.mt_events where seq_id = 6")).ShouldBe([$"{stored.EventId}"]);
        stored.RecordedAt.UtcDateTime.ShouldBe(
            await store.ScalarAsync<DateTime>("select timestamp from ruangkerja.mt_events where seq_id = 6")
        );
    }

    [Fact]
    public async Task Should_pass_over_what_others_have_stored_and_say_what_cannot_be_read()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        await store.ExecuteAsync(
            """
            insert into ruangkerja.mt_streams (tenant_id, id, version) values ('*DEFAULT*', 'mt_tombstone', 1), ('Not a company', 'x', 1);
            insert into ruangkerja.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            values (nextval('ruangkerja.mt_events_sequence'), gen_random_uuid(), 'mt_tombstone', 1, '{}', 'tombstone', '-infinity', '*DEFAULT*'),
                   (nextval('ruangkerja.mt_events_sequence'), gen_random_uuid(), 'x', 1, '{}', 'course_status_changed', now(), 'Not a company');
            update ruangkerja.mt_events set data = '{"employeeId": 7}' where seq_id = 2;
            """
        );

        (await store.FindAsync(Any)).Count.ShouldBe(7);
        var read = await store.History.ReadAsync([1, 2, 8, 9, 10], CancellationToken.None);

        read.Select(StoredPast.Name).ShouldBe(["default ID-1 v1", "default unreadable v1"]);
        read[1].Unreadable.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task Should_find_the_past_of_before_only_when_it_is_asked_for()
    {
        await using var store = await CreateAsync(servers);
        var past = await store.PrepareAsync([Row(CourseStatus.InProgress, 1)], bootstrapping: true);
        await store.Store.CommitAsync(past, CancellationToken.None);
        await store.CommitAsync(Row(CourseStatus.Completed, 2));

        (await store.FindAsync(Any with { Baseline = false })).ShouldBe(["default ID-1 v2"]);
        (await store.FindAsync(Any)).ShouldBe(["default ID-1 v1", "default ID-1 v2"]);
    }

    [Fact]
    public async Task Should_sum_up_what_would_be_found()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var acme = Any with { Companies = [StoredPast.Acme] };

        var summary = await store.History.SummariseAsync(acme, after: 0, through: 100, CancellationToken.None);

        summary.Count.ShouldBe(2);
        summary.First.ShouldBe(new EventMark(3, (await store.ReadAsync("acme ID-1 v1")).RecordedAt));
        summary.Last.ShouldBe(new EventMark(6, (await store.ReadAsync("acme ID-1 v2")).RecordedAt));
        summary.DataBytes.ShouldBe(
            await store.ScalarAsync<long>(
                "select sum(octet_length(data::text)) from ruangkerja.mt_events where tenant_id = 'acme'"
            )
        );
        (await store.History.SummariseAsync(acme, after: 3, through: 5, CancellationToken.None)).ShouldBe(
            new EventSummary(0, First: null, Last: null, DataBytes: 0)
        );
    }

    [Fact]
    public async Task Should_tell_the_timeline_of_one_assignment()
    {
        await using var store = await StoredPast.CreateAsync(servers);
        var assignment = new AssignmentReference(
            Company.Default,
            AssignmentId.FromFeed("ASGC-1", "ID-1", "Course of default")
        );

        var events = await store.History.ReadTimelineAsync(assignment, CancellationToken.None);

        events.Select(StoredPast.Name).ShouldBe(["default ID-1 v1", "default ID-1 v2", "default ID-1 v3"]);
        (
            await store.History.ReadTimelineAsync(assignment with { Company = StoredPast.Acme }, CancellationToken.None)
        ).ShouldBeEmpty();
    }
}
