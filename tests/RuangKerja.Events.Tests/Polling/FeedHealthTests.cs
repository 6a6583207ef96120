using RuangKerja.Events.Api;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Tests.Polling;

public sealed class FeedHealthTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);

    [Theory]
    // How many minutes before now the window ends and the watermark stands, and how far the API's clock is behind.
    [InlineData(0, 0, 0, null)]
    [InlineData(0, 10, 10, null)]
    [InlineData(0, 18, 18, "The API's clock")]
    [InlineData(9, 10, 10, "The API's clock")]
    [InlineData(0, 60 * 24, 60 * 24, "The API's clock")]
    [InlineData(60, 60, 0, "Catching up")]
    public void Present_that_is_read_is_well_and_a_clock_that_keeps_it_from_it_is_named(
        int end,
        int watermark,
        int behind,
        string? wrong
    ) => Judge(Cycle(end, watermark, behind)).ShouldBe(wrong);

    [Theory]
    [InlineData(true, 0, "Catching up")]
    [InlineData(true, 10, "Catching up")]
    [InlineData(false, 60 * 24 * 31, "The API's clock")]
    public void Past_is_caught_up_with_unless_a_clock_lets_no_watermark_move(bool moved, int behind, string wrong) =>
        Judge(Cycle(60 * 24 * 29, 60 * 24 * 30, behind) with { ReachesNow = false, Moved = moved }).ShouldBe(wrong);

    /// <summary>An instance that stands by says the same of the same watermark.</summary>
    [Theory]
    [InlineData(1_050, true)]
    [InlineData(1_051, false)]
    public void Watermark_is_as_far_back_as_an_instance_that_stands_by_allows(int seconds, bool well)
    {
        var cycle = Cycle(0, 0, 0) with
        {
            Watermark = Noon.AddSeconds(-seconds),
            Ahead = TimeSpan.FromSeconds(-seconds),
        };

        (FeedHealth.WhatIsWrong(cycle, Noon, Longest) is null).ShouldBe(well);
        WatermarkWatch.IsFarBehind(TimeSpan.FromSeconds(seconds), Longest).ShouldBe(!well);
    }

    [Fact]
    public void Clock_of_this_machine_that_was_set_back_is_named() =>
        Judge(Cycle(0, -60 * 24, 0)).ShouldBe("This machine's clock");

    [Fact]
    public void Window_that_is_held_is_told_with_its_numbers()
    {
        var held = new FeedCycleResult(
            new FeedPieceResult
            {
                Window = new FeedWindow(Noon.AddMinutes(-15), Noon),
                Held = true,
                Rows = 60,
                Rejected = 20,
            }
        );

        FeedHealth.WhatIsWrong(held, Noon, Longest)!.Reason.ShouldStartWith("20 of 60 rows");
    }

    [Fact]
    public void Cycle_with_nothing_due_says_nothing() =>
        FeedHealth.WhatIsWrong(FeedCycleResult.Idle, Noon, Longest).ShouldBeNull();

    private static string? Judge(FeedCycleResult cycle)
    {
        var verdict = FeedHealth.WhatIsWrong(cycle, Noon, Longest);
        verdict?.Status.ShouldBe(PartStatus.Failing);
        return verdict is null
            ? null
            : new[] { "Catching up", "The API's clock", "This machine's clock" }.Single(verdict.Reason.StartsWith);
    }

    private static FeedCycleResult Cycle(int end, int watermark, int behind) =>
        new(new FeedPieceResult { Window = new FeedWindow(Noon.AddMinutes(-end - 30), Noon.AddMinutes(-end)) })
        {
            Watermark = Noon.AddMinutes(-watermark),
            ReachesNow = true,
            Moved = true,
            Ahead = TimeSpan.FromMinutes(-behind),
        };
}
