using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>Two writers that prepared their commit on the same state: the second must leave nothing behind.</summary>
[Trait("Promise", "P2")]
public class When_two_writers_meet(Servers servers)
{
    [Fact]
    public async Task Should_refuse_the_second_move_of_a_stream_whole()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.NotStarted, 0));
        var late = await store.PrepareAsync(
            [Row(CourseStatus.Completed, 5), Row(CourseStatus.Completed, 5, employee: 2)],
            rejected: [new RejectedRow("{}", ["bad"])]
        );
        await store.CommitAsync(Row(CourseStatus.InProgress, 3));
        var before = await store.CountsAsync();

        var outcome = await store.Store.CommitAsync(WithCurrentWatermark(late), CancellationToken.None);

        outcome.ShouldBe(CommitOutcome.AssignmentMoved);
        (await store.CountsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Should_refuse_the_second_start_of_a_stream_whole()
    {
        await using var store = await CreateAsync(servers);
        var late = await store.PrepareAsync([
            Row(CourseStatus.Completed, 5),
            Row(CourseStatus.Completed, 5, employee: 2),
        ]);
        await store.CommitAsync(Row(CourseStatus.InProgress, 3));
        var before = await store.CountsAsync();

        var outcome = await store.Store.CommitAsync(WithCurrentWatermark(late), CancellationToken.None);

        outcome.ShouldBe(CommitOutcome.AssignmentMoved);
        (await store.CountsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Should_refuse_a_refresh_of_a_stream_that_moved()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 0));
        var late = await store.PrepareAsync([Row(CourseStatus.InProgress, 5)]);
        late.Changes.EventCount.ShouldBe(0);
        await store.CommitAsync(Row(CourseStatus.Completed, 6));

        var outcome = await store.Store.CommitAsync(WithCurrentWatermark(late), CancellationToken.None);

        outcome.ShouldBe(CommitOutcome.AssignmentMoved);
        (
            await store.ScalarAsync<string>("select data->>'status' from ruangkerja.mt_doc_coursestatussnapshot")
        ).ShouldBe("completed");
    }

    [Fact]
    public async Task Should_refuse_a_writer_that_slept_through_anothers_watermark()
    {
        await using var store = await CreateAsync(servers);
        var late = await store.PrepareAsync([Row(CourseStatus.Completed, 5)]);
        await store.CommitAsync();
        var before = await store.CountsAsync();

        var outcome = await store.Store.CommitAsync(late, CancellationToken.None);

        outcome.ShouldBe(CommitOutcome.ProgressMoved);
        (await store.CountsAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Should_store_each_change_once_when_many_write_at_the_same_time()
    {
        await using var store = await CreateAsync(servers);
        var rows = Enumerable.Range(1, 40).Select(e => Row(CourseStatus.Completed, 5, employee: e)).ToList();

        // Each writer detects on what it loaded and tries again after a conflict, as a poll cycle does.
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async _ =>
                {
                    while (
                        await store.Store.CommitAsync(await store.PrepareAsync(rows), CancellationToken.None)
                        != CommitOutcome.Committed
                    ) { }
                })
        );

        (await store.ScalarAsync<long>("select count(*) from ruangkerja.mt_events")).ShouldBe(40);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.outbox")).ShouldBe(40);
    }

    /// <summary>Takes the watermark out of the conflict, so that only the streams are in question.</summary>
    private static ChunkCommit WithCurrentWatermark(ChunkCommit commit) =>
        commit.Progress is WatermarkMove move
            ? commit with
            {
                Progress = move with { From = move.From.AddSeconds(30), To = move.To.AddSeconds(30) },
            }
            : commit;
}
