using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Courses.CourseStatus;
using static RuangKerja.Events.Tests.Detection.Rows;

namespace RuangKerja.Events.Tests.Detection;

[Trait("Promise", "P6")]
public sealed partial class DetectorTests
{
    public static readonly TheoryData<CourseStatus?, CourseStatus, ChangeKind, int, bool> Table = new()
    {
        // from, to, kind, attempt, inferred: the table of the design, every cell of it.
        { null, NotStarted, ChangeKind.Assigned, 1, false },
        { null, InProgress, ChangeKind.Started, 1, false },
        { null, Completed, ChangeKind.Completed, 1, true },
        { null, Failed, ChangeKind.Failed, 1, true },
        { null, Expired, ChangeKind.Expired, 1, true },
        { NotStarted, InProgress, ChangeKind.Started, 1, false },
        { NotStarted, Completed, ChangeKind.Completed, 1, true },
        { NotStarted, Failed, ChangeKind.Failed, 1, true },
        { NotStarted, Expired, ChangeKind.Expired, 1, true },
        { InProgress, NotStarted, ChangeKind.Reset, 1, false },
        { InProgress, Completed, ChangeKind.Completed, 1, false },
        { InProgress, Failed, ChangeKind.Failed, 1, false },
        { InProgress, Expired, ChangeKind.Expired, 1, false },
        { Completed, NotStarted, ChangeKind.Reopened, 2, false },
        { Completed, InProgress, ChangeKind.Reopened, 2, false },
        { Completed, Failed, ChangeKind.Failed, 1, false },
        { Completed, Expired, ChangeKind.Expired, 1, false },
        { Failed, NotStarted, ChangeKind.Reopened, 2, false },
        { Failed, InProgress, ChangeKind.Reopened, 2, false },
        { Failed, Completed, ChangeKind.Completed, 1, false },
        { Failed, Expired, ChangeKind.Expired, 1, false },
        { Expired, NotStarted, ChangeKind.Reopened, 2, false },
        { Expired, InProgress, ChangeKind.Reopened, 2, false },
        { Expired, Completed, ChangeKind.Completed, 1, false },
        { Expired, Failed, ChangeKind.Failed, 1, false },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Step_to_another_status_is_an_event_of_its_kind(
        CourseStatus? from,
        CourseStatus to,
        ChangeKind kind,
        int attempt,
        bool inferred
    )
    {
        var known = from is { } before ? Known(Row(before, second: 1)) : null;

        var found = Detector.Detect(known, Row(to, second: 2), Live);

        found.Outcome.ShouldBe(DetectionOutcome.Changed);
        var change = found.Event.ShouldNotBeNull();
        change.PreviousStatus.ShouldBe(from);
        change.Status.ShouldBe(to);
        change.Kind.ShouldBe(kind);
        change.Attempt.ShouldBe(attempt);
        change.Inferred.ShouldBe(inferred);
        found.Snapshot!.Status.ShouldBe(to);
        found.Snapshot.Attempt.ShouldBe(attempt);
        found.Snapshot.Version.ShouldBe(from is null ? 1 : 2);
    }

    [Theory]
    [InlineData(NotStarted)]
    [InlineData(InProgress)]
    [InlineData(Completed)]
    [InlineData(Failed)]
    [InlineData(Expired)]
    public void Same_status_is_no_event(CourseStatus status)
    {
        var known = Known(Row(status, second: 1));

        Detector.Detect(known, Row(status, second: 1), Live).ShouldBe(new DetectionResult(DetectionOutcome.Unchanged));

        var later = Detector.Detect(known, Row(status, second: 2), Live);
        later.Outcome.ShouldBe(DetectionOutcome.Refreshed);
        later.Event.ShouldBeNull();
        later.Snapshot!.FeedUpdatedAt.ShouldBe(Epoch.AddSeconds(2));
        later.Snapshot.Version.ShouldBe(1);
    }

    [Fact]
    public void Every_reopening_is_one_more_attempt() =>
        Known(
            Row(Completed, 1),
            Row(InProgress, 2),
            Row(Failed, 3),
            Row(NotStarted, 4),
            Row(Expired, 5),
            Row(InProgress, 6)
        )
            .Attempt.ShouldBe(4);

    [Fact]
    public void Older_row_is_stale_whatever_it_says()
    {
        var known = Known(Row(InProgress, second: 5));

        Detector.Detect(known, Row(Completed, second: 4), Live).Outcome.ShouldBe(DetectionOutcome.Stale);
        Detector.Detect(known, Row(InProgress, second: 4), Live).Outcome.ShouldBe(DetectionOutcome.Stale);
    }

    [Fact]
    public void Equally_old_row_is_stale_only_when_it_would_step_back()
    {
        var known = Known(Row(InProgress, second: 5));

        Detector.Detect(known, Row(NotStarted, second: 5), Live).Outcome.ShouldBe(DetectionOutcome.Stale);
        Detector.Detect(known, Row(Completed, second: 5), Live).Outcome.ShouldBe(DetectionOutcome.Changed);
    }

    [Fact]
    public void Row_that_steps_back_later_is_a_change_and_not_stale() =>
        Detector
            .Detect(Known(Row(Completed, second: 5)), Row(InProgress, second: 6), Live)
            .Event!.Kind.ShouldBe(ChangeKind.Reopened);

    [Fact]
    public void Completion_happened_when_the_api_says_it_was_completed()
    {
        var completedAt = Epoch.AddHours(-3);

        var change = Detector.Detect(null, Row(Completed, second: 5, completedAt: completedAt), Live).Event!;

        change.OccurredAt.ShouldBe(completedAt);
        change.CompletedAt.ShouldBe(completedAt);
        change.OccurredAtPrecision.ShouldBe(OccurredAtPrecision.Instant);
        change.DetectedAt.ShouldBe(Live.DetectedAt);
    }

    [Fact]
    public void Change_without_completion_date_happened_when_the_row_was_updated()
    {
        var completed = Detector.Detect(null, Row(Completed, second: 5), Live).Event!;
        completed.OccurredAt.ShouldBe(Epoch.AddSeconds(5));
        completed.CompletedAt.ShouldBeNull();

        // A retake still carries the date of the first completion: it says nothing of this change.
        var retake = Detector.Detect(null, Row(InProgress, second: 5, completedAt: Epoch.AddDays(-9)), Live).Event!;
        retake.OccurredAt.ShouldBe(Epoch.AddSeconds(5));
        retake.CompletedAt.ShouldBeNull();
    }

    [Fact]
    public void Completion_date_that_comes_later_is_kept_without_an_event()
    {
        var known = Known(Row(Completed, second: 5));

        var found = Detector.Detect(known, Row(Completed, second: 5, completedAt: Epoch), Live);

        found.Outcome.ShouldBe(DetectionOutcome.Refreshed);
        found.Snapshot!.CompletedAt.ShouldBe(Epoch);
    }

    [Fact]
    public void First_sight_while_bootstrapping_is_baseline_and_what_follows_is_not()
    {
        var first = Detector.Detect(null, Row(InProgress, second: 1), Bootstrap);
        first.Event!.Baseline.ShouldBeTrue();

        Detector.Detect(first.Snapshot, Row(Completed, second: 2), Bootstrap).Event!.Baseline.ShouldBeFalse();
        Detector.Detect(null, Row(InProgress, second: 1), Live).Event!.Baseline.ShouldBeFalse();
    }

    [Fact]
    public void What_a_roster_told_is_carried_into_the_event()
    {
        var known = Known(Row(InProgress, second: 1)) with
        {
            CourseSerial = "COURSE-1",
            PreTest = 40,
            PostTest = 90,
            TimeSpentSeconds = 1_800,
        };

        var found = Detector.Detect(known, Row(Completed, second: 2), Live);

        found.Event!.CourseSerial.ShouldBe("COURSE-1");
        found.Event.PreTest.ShouldBe(40);
        found.Event.PostTest.ShouldBe(90);
        found.Event.TimeSpentSeconds.ShouldBe(1_800);
        found.Snapshot!.CourseSerial.ShouldBe("COURSE-1");
        found.Snapshot.PostTest.ShouldBe(90);
    }
}
