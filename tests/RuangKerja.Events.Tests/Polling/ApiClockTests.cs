using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;

namespace RuangKerja.Events.Tests.Polling;

public sealed class ApiClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly FeedPollingOptions Options = new();

    [Theory]
    // Asked at noon, answered as the header says, received three seconds later: what of it equal clocks cannot explain.
    [InlineData(0, 0)]
    [InlineData(3, 0)]
    [InlineData(-1, 0)]
    [InlineData(4, 1)]
    [InlineData(603, 600)]
    [InlineData(-601, -600)]
    public void Clock_is_as_wrong_as_an_answer_proves(int answered, int ahead) =>
        ApiClock.Ahead(Noon, Noon.AddSeconds(answered), Noon.AddSeconds(3)).ShouldBe(TimeSpan.FromSeconds(ahead));

    [Fact]
    public void Answer_without_a_date_proves_nothing() =>
        ApiClock.Ahead(Noon, answeredAt: null, Noon.AddSeconds(3)).ShouldBe(TimeSpan.Zero);

    [Fact]
    public void Answer_is_as_old_as_its_question_by_the_clock_that_is_behind()
    {
        var took = TimeSpan.FromSeconds(3);

        ApiClock.AskedAt(answeredAt: null, Noon, took).ShouldBe(Noon - took);
        ApiClock.AskedAt(Noon.AddMinutes(10), Noon, took).ShouldBe(Noon - took);
        ApiClock.AskedAt(Noon.AddMinutes(-10), Noon, took).ShouldBe(Noon.AddMinutes(-10) - took);
    }

    public static readonly TheoryData<DateTimeOffset> Absurd = new(DateTimeOffset.MinValue, DateTimeOffset.MaxValue);

    /// <summary>Dates next to which there are no others: no window and no watermark may be counted beyond them.</summary>
    [Theory]
    [MemberData(nameof(Absurd))]
    public void Absurd_date_stops_nothing(DateTimeOffset answered)
    {
        var ahead = ApiClock.Ahead(Noon, answered, Noon.AddSeconds(3));
        var planned = FeedSchedule.Next(
            Noon,
            Noon.AddHours(1),
            Options with
            {
                SafetyLag = TimeSpan.FromMinutes(10),
            },
            ahead
        );
        var asked = ApiClock.AskedAt(answered, Noon.AddHours(1), TimeSpan.FromMinutes(1));

        FeedSchedule
            .Proven(Noon, planned!.Value.Window, asked, Options)
            .ShouldBeInRange(Noon, Noon.AddHours(1) - Options.SafetyLag);
    }

    [Fact]
    public void Now_of_a_clock_that_is_behind_even_the_watermark_is_not_reached()
    {
        var planned = FeedSchedule.Next(Noon, Noon.AddDays(30), Options, ahead: TimeSpan.FromDays(-31))!.Value;

        planned.ReachesNow.ShouldBeFalse();
    }

    [Fact]
    public void Window_ends_at_the_now_of_a_clock_that_is_ahead()
    {
        var planned = FeedSchedule.Next(Noon, Noon.AddSeconds(35), Options, ahead: TimeSpan.FromMinutes(10))!.Value;

        planned.Window.To.ShouldBe(Noon.AddSeconds(30).AddMinutes(10));
        planned.ReachesNow.ShouldBeTrue();
    }

    [Fact]
    public void Clock_that_is_years_ahead_makes_no_window_wider_than_allowed_and_no_haste()
    {
        var planned = FeedSchedule.Next(Noon, Noon.AddSeconds(35), Options, ahead: TimeSpan.FromDays(700))!.Value;

        planned.Window.To.ShouldBe(Noon + Options.MaxWindow);
        planned.ReachesNow.ShouldBeTrue();
    }

    [Fact]
    public void Now_of_a_clock_that_is_behind_is_reached_though_ours_is_far()
    {
        var now = Noon.AddDays(3);

        FeedSchedule.Next(Noon, now, Options)!.Value.ReachesNow.ShouldBeFalse();
        FeedSchedule.Next(Noon, now, Options, ahead: TimeSpan.FromDays(-2.5))!.Value.ReachesNow.ShouldBeTrue();
    }

    [Theory]
    [InlineData(-600, -605)]
    [InlineData(600, 0)]
    [InlineData(0, 0)]
    [InlineData(-36_000, -3_605)]
    public void News_begins_at_the_first_start_by_a_clock_that_is_behind(int secondsAhead, int secondsLater) =>
        new BaselineRule(Noon, Undated: false)
            .ByApiClock(TimeSpan.FromSeconds(secondsAhead))
            .Before.ShouldBe(Noon.AddSeconds(secondsLater));

    [Fact]
    public void News_begins_with_the_second_of_the_first_start_since_rows_are_dated_by_seconds() =>
        new BaselineRule(Noon.AddMilliseconds(700), Undated: false).ByApiClock(TimeSpan.Zero).Before.ShouldBe(Noon);
}
