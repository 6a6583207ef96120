using RuangKerja.Events.Api;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Tests.Polling;

public sealed class FeedScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeedPollingOptions Options = new();

    [Fact]
    public void Window_begins_before_the_watermark_and_ends_behind_now()
    {
        var planned = FeedSchedule.Next(Noon, Noon.AddSeconds(35), Options)!.Value;

        planned.Window.From.ShouldBe(Noon.AddMinutes(-15));
        planned.Window.To.ShouldBe(Noon.AddSeconds(30));
        planned.ReachesNow.ShouldBeTrue();
    }

    [Fact]
    public void Long_gap_is_read_in_windows_of_a_day()
    {
        var now = Noon.AddDays(2).AddHours(1);
        var watermark = Noon;
        var ends = new List<DateTimeOffset>();
        while (FeedSchedule.Next(watermark, now, Options) is { } planned)
        {
            planned.Window.From.ShouldBe(watermark - Options.Overlap);
            ends.Add(planned.Window.To);
            watermark = planned.Window.To;
            planned.ReachesNow.ShouldBe(ends.Count == 3);
        }

        ends.ShouldBe([Noon.AddDays(1), Noon.AddDays(2), now - Options.SafetyLag]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void Nothing_is_due_while_the_clock_has_not_passed_the_watermark(int secondsAfter) =>
        FeedSchedule.Next(Noon, Noon.AddSeconds(secondsAfter), Options).ShouldBeNull();

    [Fact]
    public void Watermark_is_a_whole_second_so_that_no_part_of_one_is_skipped() =>
        FeedSchedule.Next(Noon, Noon.AddSeconds(35.9), Options)!.Value.Window.To.ShouldBe(Noon.AddSeconds(30));

    [Fact]
    public void First_poll_begins_where_it_is_told_or_30_days_back()
    {
        FeedSchedule.StartFrom(Noon, Options).ShouldBe(Noon.AddDays(-30));
        FeedSchedule.StartFrom(Noon, Options with { StartFrom = Noon.AddDays(-1) }).ShouldBe(Noon.AddDays(-1));
    }

    [Fact]
    public void Watermark_never_passes_the_apis_own_now()
    {
        // Our clock is an hour ahead: the window reaches into what is still to come.
        var read = new FeedWindow(Noon, Noon.AddHours(2));

        FeedSchedule
            .Proven(Noon, read, answeredAt: Noon.AddHours(1), Options)
            .ShouldBe(Noon.AddHours(1) - Options.SafetyLag);
        FeedSchedule.Proven(Noon, read, answeredAt: Noon.AddHours(-1), Options).ShouldBe(Noon);
    }

    [Fact]
    public void Clock_that_was_set_back_still_reads_what_happens_now()
    {
        var now = Noon.AddDays(-30);
        var horizon = now - Options.SafetyLag;

        var planned = FeedSchedule.Next(Noon, now, Options)!.Value;

        planned.Window.ShouldBe(new FeedWindow(horizon - Options.Overlap, horizon));
        FeedSchedule.Proven(Noon, planned.Window, answeredAt: null, Options).ShouldBe(Noon);
    }

    [Fact]
    public void Piece_of_a_window_does_not_reach_now_before_its_end()
    {
        var planned = FeedSchedule.Next(Noon, Noon.AddHours(1), Options)!.Value;

        planned.IsReadUpToNowWith(planned.Window with { To = Noon.AddMinutes(30) }).ShouldBeFalse();
        planned.IsReadUpToNowWith(planned.Window).ShouldBeTrue();
        (planned with { ReachesNow = false }).IsReadUpToNowWith(planned.Window).ShouldBeFalse();
    }
}
