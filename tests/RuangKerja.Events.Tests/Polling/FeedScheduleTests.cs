using FsCheck;
using FsCheck.Fluent;
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
            .Proven(Noon, read, askedAt: Noon.AddHours(1), Options)
            .ShouldBe(Noon.AddHours(1) - Options.SafetyLag);
        FeedSchedule.Proven(Noon, read, askedAt: Noon.AddHours(-1), Options).ShouldBe(Noon);
    }

    [Fact]
    public void Clock_that_was_set_back_still_reads_what_happens_now()
    {
        var now = Noon.AddDays(-30);
        var horizon = now - Options.SafetyLag;

        var planned = FeedSchedule.Next(Noon, now, Options)!.Value;

        planned.Window.ShouldBe(new FeedWindow(horizon - Options.Interval - Options.Overlap, horizon));
        FeedSchedule.Proven(Noon, planned.Window, askedAt: null, Options).ShouldBe(Noon);
    }

    [Fact]
    public void Piece_of_a_window_does_not_reach_now_before_its_end()
    {
        var planned = FeedSchedule.Next(Noon, Noon.AddHours(1), Options)!.Value;

        planned.IsReadUpToNowWith(planned.Window with { To = Noon.AddMinutes(30) }).ShouldBeFalse();
        planned.IsReadUpToNowWith(planned.Window).ShouldBeTrue();
        (planned with { ReachesNow = false }).IsReadUpToNowWith(planned.Window).ShouldBeFalse();
    }

    /// <summary>
    /// Whether the ends of a window are a part of it is not documented: a second counts as asked for only strictly inside.
    /// </summary>
    [Fact]
    public void Every_second_lies_strictly_inside_a_piece_that_was_asked_for() =>
        Prop.ForAll(
                (
                    from overlap in Gen.Elements(0, 1, 2, 900)
                    from widest in Gen.Choose(2, 700)
                    from longest in Gen.Choose(60, 600)
                    from clock in Gen.ArrayOf(Gen.Choose(0, 400), 6)
                    select (overlap, widest, longest, clock)
                ).ToArbitrary(),
                plan =>
                {
                    var options = new FeedPollingOptions
                    {
                        Overlap = TimeSpan.FromSeconds(plan.overlap),
                        MaxWindow = TimeSpan.FromSeconds(plan.longest),
                    };
                    var (asked, proven) = Ask(plan.clock, TimeSpan.FromSeconds(plan.widest), options);
                    // Windows are asked for in turn: each one takes the seconds in order a little further.
                    var inside = Noon;
                    foreach (var window in asked)
                    {
                        window.From.ShouldBeLessThan(inside);
                        (window.To - window.From).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
                        inside = window.To > inside ? window.To : inside;
                    }

                    inside.ShouldBe(proven > Noon ? proven : Noon);
                }
            )
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0)]
    [InlineData(900)]
    public void Clock_that_was_set_back_reads_on_from_before_the_poll_before(int overlap)
    {
        var options = Options with { Overlap = TimeSpan.FromSeconds(overlap) };

        var planned = FeedSchedule.Next(Noon.AddDays(1), Noon, options)!.Value;

        planned.ReachesNow.ShouldBeTrue();
        planned.Window.To.ShouldBe(Noon - options.SafetyLag);
        var before = Noon - options.Interval - options.SafetyLag;
        planned.Window.From.ShouldBeLessThan(before);
        (planned.Window.To - planned.Window.From).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(2));
    }

    /// <summary>The API was away, or asked to be left alone, for longer than a window overlaps.</summary>
    [Fact]
    public void Clock_that_was_set_back_reads_on_from_where_it_had_read_to_however_long_ago()
    {
        var readTo = Noon.AddHours(-2);

        var planned = FeedSchedule.Next(Noon.AddDays(1), Noon, Options, readTo: readTo)!.Value;

        planned.Window.ShouldBe(new FeedWindow(readTo - Options.Overlap, Noon - Options.SafetyLag));
        FeedSchedule
            .Next(Noon.AddDays(1), Noon, Options, readTo: Noon.AddHours(5))!
            .Value.Window.From.ShouldBe(Noon - Options.SafetyLag - Options.Interval - Options.Overlap);
    }

    [Theory]
    [InlineData(false, true, false, 0)]
    [InlineData(false, false, false, 30)]
    [InlineData(false, false, true, 30)]
    [InlineData(true, true, false, 30)]
    [InlineData(true, false, false, 30)]
    public void Next_cycle_follows_at_once_only_while_the_past_gets_read(
        bool reachesNow,
        bool moved,
        bool held,
        int seconds
    )
    {
        var cycle = new FeedCycleResult(new FeedPieceResult { Held = held }) { ReachesNow = reachesNow, Moved = moved };

        FeedSchedule
            .WaitAfter(cycle, new FeedPollingOptions { Interval = TimeSpan.FromSeconds(30) })
            .ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    /// <summary>Polls at each tick of the clock, in pieces of the width that the API can answer, as the reader does.</summary>
    private static (List<FeedWindow> Asked, DateTimeOffset Watermark) Ask(
        int[] clock,
        TimeSpan widest,
        FeedPollingOptions options
    )
    {
        var asked = new List<FeedWindow>();
        var (now, watermark) = (Noon, Noon);
        foreach (var seconds in clock)
        {
            now = now.AddSeconds(seconds);
            while (FeedSchedule.Next(watermark, now, options) is { } planned)
            {
                var pace = FeedPace.Fastest(options);
                var from = planned.Window.From;
                while (true)
                {
                    var piece = pace.Piece(planned.Window with { From = from });
                    if (piece.To - piece.From > widest && FeedPace.CanNarrow(piece))
                    {
                        pace = FeedPace.HalfOf(piece);
                        continue;
                    }

                    asked.Add(piece);
                    watermark = FeedSchedule.Proven(watermark, piece, askedAt: null, options);
                    pace = pace.Widen(options);
                    if (piece.To == planned.Window.To)
                        break;
                    from = FeedPace.After(piece);
                }
            }
        }

        return (asked, watermark);
    }
}
