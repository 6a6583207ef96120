using System.Globalization;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Tests.Polling;

public sealed class FeedChunksTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Answer_that_fits_is_one_chunk_as_it_came()
    {
        FeedRow[] rows = [.. Enumerable.Range(0, FeedChunks.Rows).Select(i => Row(-i))];

        FeedChunks.Of(rows).ShouldHaveSingleItem().ShouldBeSameAs(rows);
        FeedChunks.Of([]).ShouldHaveSingleItem().ShouldBeEmpty();
    }

    [Fact]
    public void Chunks_hold_every_row_once_from_the_oldest_to_the_newest()
    {
        FeedRow[] rows = [.. Enumerable.Range(0, (2 * FeedChunks.Rows) + 1).Select(i => Row(i * 7_919 % 10_007))];

        var chunks = FeedChunks.Of(rows);

        chunks.Select(chunk => chunk.Count).ShouldBe([FeedChunks.Rows, FeedChunks.Rows, 1]);
        chunks.SelectMany(chunk => chunk).ShouldBe(rows, ignoreOrder: true);
        chunks.SelectMany(chunk => chunk).Select(InstantOf).ShouldBeInOrder();
    }

    [Fact]
    public void Offsets_do_not_disturb_the_order()
    {
        var late = Row(1) with { UpdatedAt = "2026-01-31T12:00:01Z" };
        var early = Row(0) with { UpdatedAt = "2026-01-31T19:00:00+07:00" };
        FeedRow[] rows = [late, early, .. Enumerable.Range(10, FeedChunks.Rows).Select(Row)];

        FeedChunks.Of(rows)[0].Take(2).ShouldBe([early, late]);
    }

    /// <summary>Else the step that one chunk shows would be stale in the next.</summary>
    [Fact]
    public void Of_one_instant_the_furthest_status_comes_last()
    {
        string[] statuses = ["completed", "not_started", "failed", "in_progress", "expired"];
        FeedRow[] rows =
        [
            .. Enumerable.Range(0, FeedChunks.Rows + 1).Select(i => Row(0) with { Status = statuses[i % 5] }),
        ];

        var chunks = FeedChunks.Of(rows);

        chunks[0][0].Status.ShouldBe("not_started");
        chunks[1].ShouldHaveSingleItem().Status.ShouldBe("completed");
        chunks
            .SelectMany(chunk => chunk)
            .Select(row => row.Status)
            .Distinct()
            .ShouldBe(["not_started", "in_progress", "expired", "failed", "completed"]);
    }

    [Fact]
    public void Rows_whose_time_cannot_be_read_are_kept()
    {
        string?[] unreadable = [null, "", "soon", "2026-01-31T12:00:00"];
        FeedRow[] bad = [.. unreadable.Select(text => Row(0) with { UpdatedAt = text, Status = null })];
        FeedRow[] rows = [.. Enumerable.Range(0, FeedChunks.Rows).Select(Row), .. bad];

        var chunks = FeedChunks.Of(rows);

        chunks.Sum(chunk => chunk.Count).ShouldBe(rows.Length);
        chunks[0].Take(4).ShouldBe(bad, ignoreOrder: true);
    }

    private static FeedRow Row(int second) =>
        new(
            "ASGC-1",
            "ID-1",
            "K3",
            null,
            Noon.AddSeconds(second).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
            "completed",
            "{}",
            []
        );

    private static DateTimeOffset InstantOf(FeedRow row) =>
        Rfc3339.TryParse(row.UpdatedAt, out var instant) ? instant : throw new FormatException(row.UpdatedAt);
}
