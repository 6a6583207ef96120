using RuangKerja.Events.Api;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Polling;

public sealed class SweepScheduleTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);
    private static readonly RosterOptions Options = new();

    [Fact]
    public void First_sweep_waits_for_the_feed_to_be_caught_up_with_but_not_for_ever()
    {
        var progress = new FeedProgress(Noon, StartedAt: Noon, CaughtUp: false, Swept: false);

        SweepSchedule.First(progress).ShouldBe(Noon.AddHours(1));
        SweepSchedule.First(progress with { CaughtUp = true }).ShouldBe(Noon);
    }

    [Fact]
    public void No_sweep_begins_while_one_is_under_way() =>
        SweepSchedule.Next(Sweep(finishedAfter: null), Options).ShouldBeNull();

    [Theory]
    // Courses swept and failed; when the next one begins after the start, in minutes: the sweep took 10, the interval is 360.
    [InlineData(10, 0, 360)]
    [InlineData(5, 5, 360)]
    [InlineData(4, 5, 25)]
    [InlineData(0, 1, 25)]
    [InlineData(0, 0, 25)]
    public void Next_sweep_begins_after_the_interval_or_soon_when_most_of_it_failed(
        int swept,
        int failed,
        int minutes
    ) => SweepSchedule.Next(Sweep(finishedAfter: 10, swept, failed), Options).ShouldBe(Noon.AddMinutes(minutes));

    [Fact]
    public void Sweep_that_failed_is_not_begun_again_later_than_it_would_be_anyway() =>
        SweepSchedule
            .Next(Sweep(finishedAfter: 10, 0, 1), Options with { Interval = TimeSpan.FromMinutes(20) })
            .ShouldBe(Noon.AddMinutes(20));

    [Fact]
    public void Refused_courses_are_no_failures() =>
        SweepSchedule.HasMostlyFailed(Sweep(finishedAfter: 1, 0, 0) with { Refused = 9 }).ShouldBeFalse();

    [Fact]
    public void Course_that_is_refused_has_no_roster_and_is_not_asked_for_again()
    {
        var end = SweepSchedule.AfterFailure(
            Failure(ApiFailureKind.Contract, refusal: true),
            failures: 0,
            scans: 1,
            othersFare: false
        )!;

        (end.State, end.Scans, end.Drifted).ShouldBe((CourseSweepState.Refused, 1, false));
        end.Reason!.ShouldContain("no online roster");
    }

    [Theory]
    [InlineData(ApiFailureKind.Transient, 0, false)]
    [InlineData(ApiFailureKind.Transient, 3, false)]
    [InlineData(ApiFailureKind.Transient, 4, true)]
    [InlineData(ApiFailureKind.Throttled, 4, true)]
    [InlineData(ApiFailureKind.Contract, 4, true)]
    [InlineData(ApiFailureKind.Configuration, 999, false, false)]
    [InlineData(ApiFailureKind.Configuration, 3, false, true)]
    [InlineData(ApiFailureKind.Configuration, 4, true, true)]
    public void Course_is_given_up_at_the_fifth_failure_but_not_when_all_lack_credentials(
        ApiFailureKind kind,
        int before,
        bool givenUp,
        bool othersFare = false
    )
    {
        var end = SweepSchedule.AfterFailure(Failure(kind, refusal: false), before, scans: 2, othersFare);

        (end?.State).ShouldBe(givenUp ? CourseSweepState.Failed : null);
    }

    [Theory]
    [InlineData(1, null, 0, 10)]
    [InlineData(1, null, 1, 20)]
    [InlineData(2, null, 1, 40)]
    [InlineData(99, null, 1, 600)]
    [InlineData(1, 5, 1, 20)]
    [InlineData(1, 45, 1, 45)]
    public void Pause_doubles_and_is_never_shorter_than_the_api_asks_for(
        int failures,
        int? retryAfter,
        double jitter,
        int seconds
    ) =>
        SweepSchedule
            .Pause(failures, retryAfter is { } asked ? TimeSpan.FromSeconds(asked) : null, jitter)
            .ShouldBe(TimeSpan.FromSeconds(seconds));

    internal static Sweep Sweep(int? finishedAfter, int swept = 1, int failed = 0, int pending = 0) =>
        new(
            Guid.Empty,
            Noon,
            finishedAfter is { } minutes ? Noon.AddMinutes(minutes) : null,
            ProgressedAt: Noon,
            pending,
            swept,
            Refused: 0,
            failed,
            Drifted: 0,
            Rows: 0
        );

    private static RuangKerjaApiException Failure(ApiFailureKind kind, bool refusal) =>
        new(kind, "reading a roster", "no online roster", "It is left out.") { IsRefusal = refusal };
}
