using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Courses.CourseStatus;
using static RuangKerja.Events.Tests.Detection.Rows;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>Each clause, on both sides of its boundary. Seconds are after the epoch; the settle delay is 120 of them.</summary>
public sealed class StalenessTests
{
    private static readonly TimeSpan SettleDelay = TimeSpan.FromSeconds(120);

    [Theory]
    // Known: in progress, last updated at 500.
    [InlineData(Completed, 499, true)]
    [InlineData(InProgress, 499, true)]
    [InlineData(NotStarted, 500, true)]
    [InlineData(InProgress, 500, false)]
    [InlineData(Completed, 500, false)]
    [InlineData(NotStarted, 501, false)]
    public void Feed_row_against_the_feed(CourseStatus status, int updatedAt, bool isStale) =>
        Staleness.IsStale(Known(Row(InProgress, second: 500)), Row(status, updatedAt), SettleDelay).ShouldBe(isStale);

    [Theory]
    // Known: a roster showed in progress at 1000, and nothing but not started before it. The row was seen right after.
    [InlineData(Completed, 880, true)]
    [InlineData(Completed, 881, false)]
    [InlineData(NotStarted, 880, true)]
    [InlineData(NotStarted, 999, true)]
    [InlineData(NotStarted, 1_000, false)]
    [InlineData(InProgress, 100, false)]
    public void Feed_row_against_a_change_a_roster_showed(CourseStatus status, int updatedAt, bool isStale)
    {
        var known = After(Rostered(NotStarted, 0), Rostered(InProgress, 1_000));

        Staleness.IsStale(known, Seen(Row(status, updatedAt), at: 1_001), SettleDelay).ShouldBe(isStale);
    }

    [Theory]
    // The roster stepped back at 1000, from completed: a late row of the completion looks like a step forward.
    [InlineData(Completed, 881, true)]
    [InlineData(Completed, 999, true)]
    [InlineData(Completed, 1_000, false)]
    [InlineData(NotStarted, 999, true)]
    [InlineData(InProgress, 999, false)]
    public void Feed_row_against_a_step_back_a_roster_showed(CourseStatus status, int updatedAt, bool isStale)
    {
        var known = After(Rostered(Completed, 0), Rostered(InProgress, 1_000));

        Staleness.IsStale(known, Seen(Row(status, updatedAt), at: 1_119), SettleDelay).ShouldBe(isStale);
    }

    [Theory]
    [InlineData(1_119, true)]
    [InlineData(1_120, false)]
    public void Feed_that_says_so_still_when_the_roster_has_settled_is_right(int seenAt, bool isStale)
    {
        var known = After(Rostered(NotStarted, 0), Rostered(Completed, 1_000));
        var steppedBack = After(Rostered(Completed, 0), Rostered(InProgress, 1_000));

        Staleness.IsStale(known, Seen(Row(InProgress, 881), seenAt), SettleDelay).ShouldBe(isStale);
        Staleness.IsStale(steppedBack, Seen(Row(Failed, 881), seenAt), SettleDelay).ShouldBe(isStale);
        Staleness.IsStale(known, Seen(Row(InProgress, 880), seenAt), SettleDelay).ShouldBeTrue();
    }

    [Fact]
    public void Feed_row_is_not_held_against_a_roster_when_the_feed_made_the_last_change()
    {
        var known = Known(Row(Completed, 500)) with { ChangedAt = Epoch.AddSeconds(1_000) };

        Staleness.IsStale(known, Seen(Row(InProgress, 600), at: 700), SettleDelay).ShouldBeFalse();
    }

    [Theory]
    // Known: in progress since 1000, touched at 2000, as the feed says; before, not started.
    [InlineData(Completed, 1_999, true)]
    [InlineData(InProgress, 1_999, true)]
    [InlineData(Completed, 2_000, false)]
    [InlineData(NotStarted, 2_000, true)]
    [InlineData(NotStarted, 2_119, true)]
    [InlineData(NotStarted, 2_120, false)]
    [InlineData(InProgress, 2_000, false)]
    public void Roster_row_against_the_feed(CourseStatus status, int seenAt, bool isStale)
    {
        var known = Known(Row(NotStarted, 0), Row(InProgress, 1_000), Row(InProgress, 2_000));

        Staleness.IsStale(known, Rostered(status, seenAt), SettleDelay).ShouldBe(isStale);
    }

    [Theory]
    // Known: reopened at 1000, touched at 1050, as the feed says; before, failed.
    [InlineData(Failed, 1_119, true)]
    [InlineData(Completed, 1_119, true)]
    [InlineData(Failed, 1_120, false)]
    [InlineData(InProgress, 1_050, false)]
    public void Roster_that_has_not_heard_of_a_step_back_does_not_undo_it(CourseStatus status, int seenAt, bool isStale)
    {
        var known = Known(Row(Failed, 0), Row(InProgress, 1_000), Row(InProgress, 1_050));

        Staleness.IsStale(known, Rostered(status, seenAt), SettleDelay).ShouldBe(isStale);
    }

    [Theory]
    // Known: a roster showed in progress at 1000, and new scores at 1500.
    [InlineData(Completed, 1_499, true)]
    [InlineData(InProgress, 1_499, true)]
    [InlineData(InProgress, 1_500, false)]
    [InlineData(Completed, 1_500, false)]
    public void Roster_row_against_an_earlier_roster(CourseStatus status, int seenAt, bool isStale)
    {
        var known = After(Rostered(InProgress, 1_000), Rostered(InProgress, 1_500) with { PreTest = 50 });

        Staleness.IsStale(known, Rostered(status, seenAt), SettleDelay).ShouldBe(isStale);
    }

    [Theory]
    [InlineData(499, true)]
    [InlineData(500, false)]
    public void Snapshot_of_before_there_were_rosters_is_as_old_as_its_last_feed_row(int seenAt, bool isStale)
    {
        var known = Known(Row(InProgress, 500, completedAt: null)) with { ChangedAt = null };

        Staleness.IsStale(known, Rostered(Completed, seenAt), SettleDelay).ShouldBe(isStale);
        Staleness
            .IsStale(known with { FeedUpdatedAt = null }, Rostered(Completed, seenAt), SettleDelay)
            .ShouldBe(isStale);
    }

    [Fact]
    public void First_change_has_nothing_to_have_stepped_back_from()
    {
        var known = After(Rostered(InProgress, 1_000));

        Staleness.IsStale(known, Rostered(Completed, 1_001), SettleDelay).ShouldBeFalse();
        Staleness.IsStale(known, Seen(Row(Completed, 999), at: 1_001), SettleDelay).ShouldBeFalse();
    }

    private static FeedObservation Seen(FeedObservation row, int at) => row with { SeenAt = Epoch.AddSeconds(at) };

    /// <summary>What is known after these answers, of which none is stale.</summary>
    private static CourseStatusSnapshot After(params RosterObservation[] rows)
    {
        CourseStatusSnapshot? known = null;
        foreach (var row in rows)
            known = Detector.Detect(known, row, Live).Snapshot.ShouldNotBeNull();
        return known!;
    }
}
