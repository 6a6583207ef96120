using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Tests.Polling;

/// <summary>What a wall clock that jumps, and a program that is suspended, do to windows and leases.</summary>
public sealed class ClockJumpTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeedPollingOptions Options = new() { Overlap = TimeSpan.Zero };

    /// <summary>The API's clock is right; ours is wrong for two hours, and right again after them.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void F34_P1_Clock_that_jumps_an_hour_leaves_no_second_unread(int hours)
    {
        var watermark = Noon;
        var shown = Noon;
        for (var now = Noon; now <= Noon.AddHours(4); now += Options.Interval)
        {
            var isWrong = now >= Noon.AddHours(1) && now < Noon.AddHours(3);
            if (FeedSchedule.Next(watermark, isWrong ? now.AddHours(hours) : now, Options) is not { } planned)
                continue;

            planned.Window.To.ShouldBeGreaterThan(planned.Window.From);
            // The API shows of the window what has happened.
            if (planned.Window.From < shown)
                shown = Later(shown, planned.Window.To < now ? planned.Window.To : now);
            watermark = FeedSchedule.Proven(watermark, planned.Window, askedAt: now, Options);
            watermark.ShouldBeLessThanOrEqualTo(shown);
        }

        watermark.ShouldBe(Noon.AddHours(4) - Options.SafetyLag);
    }

    [Fact]
    public void F34_P1_Program_that_was_suspended_catches_up_in_steps()
    {
        var options = Options with { MaxWindow = TimeSpan.FromMinutes(30) };
        var (watermark, now) = (Noon, Noon.AddHours(2) + options.SafetyLag);
        var steps = 0;
        while (FeedSchedule.Next(watermark, now, options) is { } planned)
        {
            planned.Window.From.ShouldBeLessThan(watermark);
            (planned.Window.To - watermark).ShouldBeLessThanOrEqualTo(options.MaxWindow);
            watermark = FeedSchedule.Proven(watermark, planned.Window, askedAt: now, options);
            planned.ReachesNow.ShouldBe(++steps == 4);
        }

        watermark.ShouldBe(Noon.AddHours(2));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void F34_P1_Lease_goes_by_the_time_that_has_passed_and_not_by_the_wall_clock(int hours)
    {
        var time = new JumpingClock();
        var lease = new Lease(Company.Default, LeaseRole.Feed, time);
        lease.Renewed(time.GetTimestamp());

        time.Jump = TimeSpan.FromHours(hours);
        lease.IsHeld.ShouldBeTrue();

        time.Passing.Advance(Lease.Period);
        lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void F34_P1_Lease_is_over_after_a_suspension()
    {
        var clock = new Clock();
        var lease = new Lease(Company.Default, LeaseRole.Relay, clock);
        lease.Renewed(clock.GetTimestamp());

        clock.Advance(TimeSpan.FromHours(2));

        lease.IsHeld.ShouldBeFalse();
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    /// <summary>Its wall clock jumps; the time that passes does not.</summary>
    private sealed class JumpingClock : TimeProvider
    {
        public Clock Passing { get; } = new();

        public TimeSpan Jump { get; set; }

        public override long TimestampFrequency => Passing.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => Passing.GetUtcNow() + Jump;

        public override long GetTimestamp() => Passing.GetTimestamp();
    }
}
