using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Tests.Replay;

public sealed class ReplayRateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(10_000)]
    public void Sent_as_told_it_is_never_more_than_the_rate_and_a_burst(int perSecond)
    {
        var rate = new ReplayRate(perSecond);
        var now = TimeSpan.Zero;
        var seconds = TimeSpan.FromSeconds(Math.Max(3, 3d / perSecond));

        var sent = 0;
        while (true)
        {
            var wait = rate.Take(now);
            if (wait > TimeSpan.Zero)
                now += wait;
            if (now > seconds)
                break;
            sent++;
        }

        var allowed = perSecond * (seconds.TotalSeconds + 0.05);
        ((double)sent).ShouldBeInRange(allowed - 2, allowed + 1);
    }

    [Fact]
    public void Pause_is_made_up_for_by_a_burst_and_no_more()
    {
        var rate = new ReplayRate(1_000);
        rate.Take(TimeSpan.Zero);

        var later = TimeSpan.FromMinutes(5);
        Enumerable.Range(0, 200).Count(_ => rate.Take(later) <= TimeSpan.Zero).ShouldBe(51);
    }
}
