using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.BothSources;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>The feed and a roster show one new assignment at the same moment, each under an id of its own.</summary>
[Trait("Promise", "P1")]
public class When_feed_and_roster_meet(Servers servers)
{
    [Fact]
    public async Task Should_come_to_one_assignment_and_one_event_whichever_is_first()
    {
        await using var store = await CreateAsync(servers);

        // Each employee is a race of its own; who wins is chance.
        for (var employee = 1; employee <= 60; employee++)
            await Task.WhenAll(store.WriteAsync(Feed(employee)), store.WriteAsync(Roster(employee)));

        (await CountAsync(store)).ShouldBe((60, 60));
        (
            await store.RowsAsync(
                """
                select distinct data->>'assignedCourseSerial', data->>'courseSerial', data->>'postTest'
                from ruangkerja.mt_doc_coursestatussnapshot
                """
            )
        ).ShouldBe(["ASGC-1 | COURSE-1 | 90"], "each source has told what the other does not know");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_come_to_one_when_one_follows_the_other(bool feedFirst)
    {
        await using var store = await CreateAsync(servers);
        Observation[] rows = feedFirst ? [Feed(1), Roster(1)] : [Roster(1), Feed(1)];

        foreach (var row in rows)
            await store.WriteAsync(row);

        (await CountAsync(store)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Should_come_to_one_when_the_feed_came_before_the_catalogue()
    {
        await using var store = await CreateAsync(servers);

        await store.WriteAsync(Feed(1, Catalogue.Empty));
        await store.WriteAsync(Roster(1));
        await store.WriteAsync(Feed(1));

        (await CountAsync(store)).ShouldBe((1, 1));
    }

    [Fact]
    public async Task Should_keep_apart_what_a_name_does_not_tell()
    {
        await using var store = await CreateAsync(servers);
        var ambiguous = new Catalogue([Course, Course with { Serial = "COURSE-2" }]);

        await store.WriteAsync(Feed(1, ambiguous));
        await store.WriteAsync(Roster(1, ambiguous));

        (await CountAsync(store)).ShouldBe((2, 2));
    }

    [Fact]
    public async Task Should_come_to_one_each_when_many_writers_take_many_employees()
    {
        await using var store = await CreateAsync(servers);
        var employees = Enumerable.Range(1, 50).ToList();

        // In opposite orders, in chunks that overlap: conflicts and deadlocks are tried again.
        await Task.WhenAll(
            Enumerable
                .Range(0, 8)
                .Select(async writer =>
                {
                    var rows = employees
                        .Skip(writer * 3)
                        .Select(e => writer % 2 == 0 ? (Observation)Feed(e) : Roster(e))
                        .ToList();
                    if (writer % 4 < 2)
                        rows.Reverse();
                    foreach (var chunk in rows.Chunk(10))
                        await store.WriteAsync(chunk);
                })
        );

        (await CountAsync(store)).ShouldBe((50, 50));
    }

    [Fact]
    public async Task Should_keep_two_serials_of_one_course_apart()
    {
        await using var store = await CreateAsync(servers);

        await store.WriteAsync(Feed(1, serial: "ASGC-1"), Feed(1, serial: "ASGC-2"));
        await store.WriteAsync(Roster(1));
        await store.WriteAsync(Feed(1, serial: "ASGC-2"), Feed(1, serial: "ASGC-1"));

        (await CountAsync(store)).ShouldBe((2, 2));
        (await store.RowsAsync("select distinct cardinality(stream_ids) from ruangkerja.assignment_key")).ShouldBe([
            "2",
        ]);
    }

    [Fact]
    public async Task Should_leave_nothing_behind_when_the_other_was_first()
    {
        await using var store = await CreateAsync(servers);
        var feed = await store.PrepareAsync([Feed(1), Feed(2)], rejected: [new RejectedRow("{}", ["bad"])]);
        var roster = await store.PrepareAsync([Roster(1)]) with { Progress = new NoMove() };
        (await store.Store.CommitAsync(roster, CancellationToken.None)).ShouldBe(CommitOutcome.Committed);
        var before = await store.CountsAsync();

        (await store.Store.CommitAsync(feed, CancellationToken.None)).ShouldBe(CommitOutcome.AssignmentMoved);

        (await store.CountsAsync()).ShouldBe(before);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_not_let_one_refresh_undo_the_other(bool feedFirst)
    {
        await using var store = await CreateAsync(servers);
        await store.WriteAsync(Roster(1) with { PostTest = null });
        // Neither brings an event: the stream stands still, and only the snapshot tells that the other was first.
        var adopting = await store.PrepareAsync([Feed(1)]) with
        {
            Progress = new NoMove(),
        };
        var later = Roster(1) with { SeenAt = Start.AddMinutes(30) };
        var scoring = await store.PrepareAsync([later]) with { Progress = new NoMove() };
        (adopting.Changes.EventCount, scoring.Changes.EventCount).ShouldBe((0, 0));

        var (first, second) = feedFirst ? (adopting, scoring) : (scoring, adopting);
        (await store.Store.CommitAsync(first, CancellationToken.None)).ShouldBe(CommitOutcome.Committed);
        (await store.Store.CommitAsync(second, CancellationToken.None)).ShouldBe(CommitOutcome.AssignmentMoved);
    }

    private static async Task<(long Assignments, long Events)> CountAsync(StoreFixture store) =>
        (
            await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_doc_coursestatussnapshot"),
            await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")
        );
}
