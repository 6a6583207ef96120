using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Courses.CourseStatus;
using static RuangKerja.Events.Tests.Detection.Rows;

namespace RuangKerja.Events.Tests.Detection;

public sealed partial class DetectorTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 1, 31, 0, 0, 0, TimeSpan.FromHours(7));

    [Theory]
    [MemberData(nameof(Table))]
    public void Step_a_roster_shows_is_an_event_of_its_kind(
        CourseStatus? from,
        CourseStatus to,
        ChangeKind kind,
        int attempt,
        bool inferred
    )
    {
        var known = from is { } before ? Known(Row(before, second: 1)) : null;

        var found = Detector.Detect(known, Rostered(to, second: 1_000), Live);

        found.Outcome.ShouldBe(DetectionOutcome.Changed);
        var change = found.Event.ShouldNotBeNull();
        (change.PreviousStatus, change.Status, change.Kind).ShouldBe((from, to, kind));
        (change.Attempt, change.Inferred).ShouldBe((attempt, inferred));
        (change.Source, change.DetectedAt).ShouldBe((ObservationSource.Roster, Live.DetectedAt));
        (found.Snapshot!.Status, found.Snapshot.PreviousStatus).ShouldBe((to, from));
        (found.Snapshot.Attempt, found.Snapshot.Version).ShouldBe((attempt, from is null ? 1 : 2));
    }

    [Theory]
    [InlineData(true, OccurredAtPrecision.Day)]
    [InlineData(false, OccurredAtPrecision.Observed)]
    public void Completion_in_a_roster_happened_on_its_day_or_when_it_was_seen(bool told, OccurredAtPrecision precision)
    {
        DateTimeOffset? day = told ? Midnight : null;

        var change = Detector.Detect(null, Rostered(Completed, 1_000, day: day), Live).Event!;

        change.OccurredAt.ShouldBe(day ?? Epoch.AddSeconds(1_000));
        change.OccurredAtPrecision.ShouldBe(precision);
        change.CompletedAt.ShouldBe(day);
    }

    [Fact]
    public void Retake_in_a_roster_happened_when_it_was_seen_whatever_day_is_left_over()
    {
        var known = Known(Row(Completed, second: 1, completedAt: Midnight));

        var found = Detector.Detect(known, Rostered(InProgress, 1_000, day: Midnight), Live);

        found.Event!.OccurredAt.ShouldBe(Epoch.AddSeconds(1_000));
        found.Event.OccurredAtPrecision.ShouldBe(OccurredAtPrecision.Observed);
        found.Event.CompletedAt.ShouldBeNull();
        found.Snapshot!.CompletedAt.ShouldBeNull();
    }

    [Fact]
    public void Change_in_a_roster_carries_what_both_sources_told()
    {
        var known = Known(Row(InProgress, second: 1)) with { AssignedCourseSerial = "ASGC-7" };
        var row = Rostered(Completed, 1_000, day: Midnight) with { PreTest = 40, PostTest = 90, TimeSpentSeconds = 60 };

        var found = Detector.Detect(known, row, Live);

        foreach (var told in new[] { found.Event!, Detector.Detect(null, row, Live).Event! })
        {
            (told.PreTest, told.PostTest, told.TimeSpentSeconds).ShouldBe((40, 90, 60));
            (told.CourseSerial, told.CourseName, told.EmployeeId).ShouldBe(("COURSE-1", "Keselamatan Kerja", "ID-1"));
        }

        found.Event!.AssignedCourseSerial.ShouldBe("ASGC-7");
        var snapshot = found.Snapshot!;
        snapshot.Id.ShouldBe(known.Id);
        (snapshot.AssignedCourseSerial, snapshot.CourseSerial).ShouldBe(("ASGC-7", "COURSE-1"));
        (snapshot.FeedUpdatedAt, snapshot.ChangedAt).ShouldBe((known.FeedUpdatedAt, row.SeenAt));
        (snapshot.RosterSeenAt, snapshot.PostTest, snapshot.CompletedAt).ShouldBe((row.SeenAt, 90, Midnight));
    }

    [Fact]
    public void Change_in_the_feed_keeps_when_the_roster_was_seen_and_is_dated_by_its_row()
    {
        var known = Detector.Detect(null, Rostered(InProgress, 1_000), Live).Snapshot;

        var snapshot = Detector.Detect(known, Row(Completed, 2_000, completedAt: Epoch), Live).Snapshot!;

        snapshot.RosterSeenAt.ShouldBe(Epoch.AddSeconds(1_000));
        snapshot.ChangedAt.ShouldBe(Epoch.AddSeconds(2_000));
        snapshot.FeedUpdatedAt.ShouldBe(Epoch.AddSeconds(2_000));
        snapshot.OccurredAt.ShouldBe(Epoch);
        snapshot.CourseSerial.ShouldBe("COURSE-1");
        snapshot.AssignedCourseSerial.ShouldBe("ASGC-1");
    }

    [Fact]
    public void Assignment_first_seen_in_a_roster_has_an_id_of_its_course()
    {
        var first = Detector.Detect(null, Rostered(InProgress, 1_000), Live).Snapshot!;
        first.Id.ShouldBe("COURSE-1/ID-1");
        first.AssignedCourseSerial.ShouldBeNull();
        first.FeedUpdatedAt.ShouldBeNull();

        Detector.Detect(first, Row(Completed, 2_000), Live).Snapshot!.Id.ShouldBe("COURSE-1/ID-1");
    }

    [Theory]
    // The day of the completion begins so many hours before or after the first start; null: the roster does not tell it.
    [InlineData(-24, DetectionOutcome.Changed, true)]
    [InlineData(-23, DetectionOutcome.Stale, false)]
    [InlineData(0, DetectionOutcome.Stale, false)]
    [InlineData(1, DetectionOutcome.Changed, false)]
    [InlineData(null, DetectionOutcome.Stale, false)]
    public void Completion_first_seen_in_a_roster_is_past_or_news_by_its_day_or_left_to_the_feed(
        int? hours,
        DetectionOutcome outcome,
        bool baseline
    )
    {
        var day = hours is { } after ? Bootstrap.Baseline.Before!.Value.AddHours(after) : (DateTimeOffset?)null;

        var found = Detector.Detect(null, Rostered(Completed, 1_000, day: day), Bootstrap);

        found.Outcome.ShouldBe(outcome);
        (found.Event?.Baseline ?? false).ShouldBe(baseline);
        // What is known already is told by any source, whatever its day.
        var known = Known(Row(InProgress, 1));
        Detector.Detect(known, Rostered(Completed, 1_000, day: day), Bootstrap).Event!.Baseline.ShouldBeFalse();
    }

    [Theory]
    [InlineData(-24, true)]
    [InlineData(0, false)]
    [InlineData(null, false)]
    public void Completion_first_seen_after_the_bootstrap_is_news_unless_it_is_dated_before_the_start(
        int? hours,
        bool baseline
    )
    {
        var bootstrapped = Bootstrap with { Baseline = Bootstrap.Baseline with { Undated = false } };
        var day = hours is { } after ? Bootstrap.Baseline.Before!.Value.AddHours(after) : (DateTimeOffset?)null;

        var change = Detector.Detect(null, Rostered(Completed, 1_000, day: day), bootstrapped).Event;

        change!.Baseline.ShouldBe(baseline);
    }

    [Fact]
    public void Roster_that_does_not_date_a_first_sight_tells_the_past_while_it_is_being_read()
    {
        var bootstrapped = Bootstrap with { Baseline = Bootstrap.Baseline with { Undated = false } };

        Detector.Detect(null, Rostered(InProgress, 1_000), Bootstrap).Event!.Baseline.ShouldBeTrue();
        Detector.Detect(null, Rostered(InProgress, 1_000), bootstrapped).Event!.Baseline.ShouldBeFalse();
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void First_sight_in_the_feed_is_baseline_when_it_happened_before_the_first_start(int seconds, bool baseline)
    {
        var start = (int)(Bootstrap.Baseline.Before!.Value - Epoch).TotalSeconds;

        Detector.Detect(null, Row(Failed, start + seconds), Bootstrap).Event!.Baseline.ShouldBe(baseline);
        // Completed before, updated after.
        var completedAt = Epoch.AddSeconds(start + seconds);
        Detector
            .Detect(null, Row(Completed, start + 9, completedAt: completedAt), Bootstrap)
            .Event!.Baseline.ShouldBe(baseline);
    }

    [Fact]
    public void Source_that_is_neither_is_refused() =>
        Should
            .Throw<ArgumentException>(() => Detector.Detect(null, new Rumour(), Live))
            .Message.ShouldContain("Rumour");

    private sealed record Rumour() : Observation("ID-1", TwoCourses.Named("x"), Completed, Epoch);
}
