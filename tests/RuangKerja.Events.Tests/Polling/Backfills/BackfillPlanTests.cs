using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Backfills;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Polling.Backfills;

public sealed class BackfillPlanTests
{
    private static readonly DateTimeOffset From = new(2024, 1, 31, 7, 0, 0, TimeSpan.FromHours(7));
    private static readonly FeedPollingOptions Options = new() { Overlap = TimeSpan.FromMinutes(15) };

    [Fact]
    public void Range_HoldsTheSecondsOfBothEndsWhole()
    {
        var range = BackfillPlan.Range(From.AddMilliseconds(700), From.AddHours(1).AddMilliseconds(200));

        range.ShouldBe(new BackfillRange(From.ToUniversalTime(), From.ToUniversalTime().AddHours(1).AddSeconds(1)));
        range.From.Offset.ShouldBe(TimeSpan.Zero);
    }

    [Theory]
    [InlineData(86_400)]
    [InlineData(3_600)]
    [InlineData(7)]
    [InlineData(2)]
    public void Windows_LeaveNoInstantOutWhateverTheirEndsAreTakenFor(int width)
    {
        var range = BackfillPlan.Range(From, From.AddSeconds(Math.Min(width * 25, 200_000)));
        var pace = new FeedPace(TimeSpan.FromSeconds(width));
        // Before this everything is seen, the ends of all windows left out.
        var seen = range.From - TimeSpan.FromSeconds(1);
        var position = range.From;
        while (position < range.To)
        {
            var piece = pace.Piece(BackfillPlan.Next(range, position, Options));
            piece.From.ShouldBeLessThan(seen.AddTicks(1));
            piece.To.ShouldBeGreaterThan(position);
            seen = piece.To;
            position = piece.To;
        }

        seen.ShouldBe(range.To);
    }

    [Fact]
    public void Window_AsksForNoMoreThanOneRequestMay()
    {
        var range = BackfillPlan.Range(From, From.AddDays(730));

        var window = BackfillPlan.Next(range, range.From.AddDays(3), Options);

        window.From.ShouldBe(range.From.AddDays(3).AddSeconds(-1));
        window.To.ShouldBe(range.From.AddDays(4));
    }

    [Fact]
    public void Pause_GrowsAndIsNeverShorterThanTheApiAsksFor()
    {
        BackfillPlan.Pause(1, retryAfter: null, jitter: 1).ShouldBe(TimeSpan.FromSeconds(2));
        BackfillPlan.Pause(3, retryAfter: null, jitter: 1).ShouldBe(TimeSpan.FromSeconds(8));
        BackfillPlan.Pause(30, retryAfter: null, jitter: 1).ShouldBe(TimeSpan.FromMinutes(2));
        BackfillPlan.Pause(1, TimeSpan.FromMinutes(10), jitter: 1).ShouldBe(TimeSpan.FromMinutes(10));
        BackfillPlan.Pause(3, TimeSpan.FromSeconds(1), jitter: 1).ShouldBe(TimeSpan.FromSeconds(8));
    }
}
