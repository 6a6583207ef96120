using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Replay;

public sealed class ReplayPagesTests
{
    [Fact]
    public void Plans_begin_small_and_grow_to_a_bound() =>
        Enumerable.Range(0, 6).Select(ReplayPages.PlanSize).ShouldBe([1_000, 8_000, 50_000, 50_000, 50_000, 50_000]);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(500)]
    [InlineData(1_000)]
    [InlineData(1_001)]
    [InlineData(9_000)]
    [InlineData(61_234)]
    public async Task Every_sequence_is_read_once_and_in_order(int count)
    {
        var history = new CountedHistory(count);
        var read = new List<long>();
        await foreach (
            var page in new ReplayPages(history, new EventFilter(), through: 1_000_000).ReadAsync(0, default)
        )
        {
            page.Count.ShouldBeLessThanOrEqualTo(500);
            read.AddRange(page.Select(stored => stored.Sequence));
        }

        read.ShouldBe(CountedHistory.Sequences(count));
    }

    [Fact]
    public async Task It_begins_behind_the_position()
    {
        var pages = new ReplayPages(new CountedHistory(2_000), new EventFilter(), through: 1_000_000);

        await foreach (var page in pages.ReadAsync(after: 3 * 1_500, default))
        {
            page[0].Sequence.ShouldBe(3 * 1_501);
            return;
        }
    }

    [Fact]
    public async Task Each_page_is_read_while_the_one_before_it_is_used_and_none_further()
    {
        var history = new CountedHistory(2_000);
        var used = 0;
        await foreach (var _ in new ReplayPages(history, new EventFilter(), through: 1_000_000).ReadAsync(0, default))
        {
            used++;
            history.PagesRead.ShouldBeInRange(used, used + 1);
        }

        used.ShouldBe(4);
    }
}
