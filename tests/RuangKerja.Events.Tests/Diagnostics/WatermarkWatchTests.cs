using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class WatermarkWatchTests
{
    private static readonly DateTimeOffset Noon = new(2026, 2, 3, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(150);
    private static readonly FeedStanding Moving = new(
        Noon.AddSeconds(-10),
        Age: TimeSpan.FromSeconds(10),
        StoredAgo: TimeSpan.FromSeconds(5),
        CaughtUp: true
    );

    private static PartVerdict? Judge(FeedStanding? standing, int secondsStanding = 0) =>
        new WatermarkWatch(standing?.Watermark, Noon.AddSeconds(-secondsStanding)).Judge(standing, Noon, Longest);

    [Fact]
    public void Feed_that_gets_on_is_well() => Judge(Moving).ShouldBeNull();

    [Fact]
    public void Feed_that_nobody_has_begun_to_read_is_waited_for() =>
        Judge(standing: null)!.Status.ShouldBe(PartStatus.Waiting);

    [Theory]
    [InlineData(150, false)]
    [InlineData(151, true)]
    public void Feed_is_late_when_nobody_has_stored_a_poll(int seconds, bool late)
    {
        var verdict = Judge(Moving with { StoredAgo = TimeSpan.FromSeconds(seconds) });

        (verdict is { Status: PartStatus.Late }).ShouldBe(late);
        if (late)
            verdict!.Reason.ShouldContain("none has stored a poll for 0.00:02:31");
    }

    /// <summary>Polls are stored, and the watermark is held.</summary>
    [Theory]
    [InlineData(150, false)]
    [InlineData(151, true)]
    public void Feed_is_late_when_the_watermark_stands_still(int seconds, bool late) =>
        (Judge(Moving, seconds) is { Status: PartStatus.Late }).ShouldBe(late);

    [Fact]
    public void Feed_that_was_never_caught_up_with_is_not_ready() =>
        Judge(Moving with { CaughtUp = false })!.Status.ShouldBe(PartStatus.Failing);

    /// <summary>The API's clock may be a quarter of an hour behind ours, and holds the watermark back as far.</summary>
    [Theory]
    [InlineData(1_050, false)]
    [InlineData(1_051, true)]
    public void Feed_far_behind_now_is_catching_up(int seconds, bool catchingUp)
    {
        var verdict = Judge(Moving with { Age = TimeSpan.FromSeconds(seconds) });

        (verdict is { Status: PartStatus.Failing }).ShouldBe(catchingUp);
        if (catchingUp)
            verdict!.Reason.ShouldContain("catching up");
    }

    [Fact]
    public void Watch_counts_from_when_the_watermark_was_first_seen_where_it_is()
    {
        var watch = new WatermarkWatch(Moving.Watermark, Noon);

        watch.See(Moving, Noon.AddMinutes(1)).MovedAt.ShouldBe(Noon);
        watch
            .See(Moving with { Watermark = Noon }, Noon.AddMinutes(1))
            .ShouldBe(new WatermarkWatch(Noon, Noon.AddMinutes(1)));
    }
}
