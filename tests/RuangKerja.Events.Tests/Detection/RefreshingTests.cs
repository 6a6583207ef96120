using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Courses.CourseStatus;
using static RuangKerja.Events.Tests.Detection.Rows;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>What rows without a change teach, and what they do not.</summary>
public sealed class RefreshingTests
{
    private static readonly DateTimeOffset Day = Epoch.AddHours(-5);

    [Fact]
    public void Roster_that_says_what_is_known_teaches_nothing()
    {
        var known = Taught(Known(Linked(Completed, 1)), Rostered(Completed, 500, day: Day) with { PostTest = 80 });

        Detect(known, Rostered(Completed, 900, day: Day) with { PostTest = 80 })
            .ShouldBe(new DetectionResult(DetectionOutcome.Unchanged));
    }

    [Fact]
    public void Roster_teaches_scores_and_time_spent_each_by_itself()
    {
        var known = Known(Linked(InProgress, 1));

        foreach (
            var row in new[]
            {
                Rostered(InProgress, 500) with
                {
                    PreTest = 40,
                },
                Rostered(InProgress, 500) with
                {
                    PostTest = 80,
                },
                Rostered(InProgress, 500) with
                {
                    TimeSpentSeconds = 60,
                },
            }
        )
        {
            var taught = Taught(known, row);
            (taught.PreTest, taught.PostTest, taught.TimeSpentSeconds).ShouldBe(
                (row.PreTest, row.PostTest, row.TimeSpentSeconds)
            );
            taught.RosterSeenAt.ShouldBe(row.SeenAt);
            (taught.Version, taught.FeedUpdatedAt, taught.ChangedAt).ShouldBe(
                (1, known.FeedUpdatedAt, known.ChangedAt)
            );
        }
    }

    [Fact]
    public void Score_that_a_roster_takes_back_is_gone()
    {
        var known = Taught(Known(Linked(InProgress, 1)), Rostered(InProgress, 500) with { PreTest = 40 });

        Taught(known, Rostered(InProgress, 501)).PreTest.ShouldBeNull();
    }

    [Fact]
    public void Roster_links_what_was_unlinked_and_renames_what_was_renamed()
    {
        Taught(Known(Row(InProgress, 1)), Rostered(InProgress, 500)).CourseSerial.ShouldBe("COURSE-1");

        var renamed = new Catalogue([new("COURSE-1", "K3 Dasar")]);
        var row = Rostered(InProgress, 500) with { Course = renamed.Rostered(renamed.Courses[0]) };
        Taught(Known(Linked(InProgress, 1)), row).CourseName.ShouldBe("K3 Dasar");
    }

    [Fact]
    public void Name_that_differs_only_in_spaces_and_case_is_the_same()
    {
        var same = new Catalogue([new("COURSE-1", " KESELAMATAN kerja ")]);

        Detect(Known(Linked(InProgress, 1)), Rostered(InProgress, 500) with { Course = same.Rostered(same.Courses[0]) })
            .Outcome.ShouldBe(DetectionOutcome.Unchanged);
    }

    [Fact]
    public void Day_is_taken_where_no_completion_is_known_and_never_in_the_place_of_an_instant()
    {
        Taught(Known(Linked(Completed, 1)), Rostered(Completed, 500, day: Day)).CompletedAt.ShouldBe(Day);

        var dated = Known(Linked(Completed, 1, completedAt: Epoch));
        Detect(dated, Rostered(Completed, 500, day: Day)).Outcome.ShouldBe(DetectionOutcome.Unchanged);
    }

    [Fact]
    public void Day_beside_another_status_is_left_over_and_teaches_nothing() =>
        Detect(Known(Linked(Failed, 1)), Rostered(Failed, 500, day: Day)).Outcome.ShouldBe(DetectionOutcome.Unchanged);

    [Fact]
    public void Instant_of_the_feed_takes_the_place_of_a_day()
    {
        var known = Detector.Detect(null, Rostered(Completed, 500, day: Day), Live).Snapshot!;

        var taught = Taught(known, Linked(Completed, 400, completedAt: Epoch.AddSeconds(390)));

        taught.CompletedAt.ShouldBe(Epoch.AddSeconds(390));
        (taught.AssignedCourseSerial, taught.FeedUpdatedAt).ShouldBe(("ASGC-1", Epoch.AddSeconds(400)));
        (taught.OccurredAt, taught.Version).ShouldBe((Day, 1));
    }

    [Fact]
    public void Newer_feed_row_teaches_its_name_and_keeps_a_completion_it_does_not_tell()
    {
        var known = Known(Linked(Completed, 1, completedAt: Epoch));
        var row = Linked(Completed, 9) with { Course = TwoCourses.Named("Etika Bisnis") };

        var taught = Taught(known, row);

        taught.CourseName.ShouldBe("Etika Bisnis");
        taught.CourseSerial.ShouldBe("COURSE-1");
        taught.CompletedAt.ShouldBe(Epoch);
        taught.FeedUpdatedAt.ShouldBe(Epoch.AddSeconds(9));
        // Earlier than what is known: the API has put it right.
        Taught(known, Linked(Completed, 9, completedAt: Day)).CompletedAt.ShouldBe(Day);
    }

    [Fact]
    public void Of_two_feed_rows_of_one_instant_the_later_completion_counts_and_the_first_name()
    {
        var known = Known(Linked(Completed, 1, completedAt: Epoch));

        Detect(known, Linked(Completed, 1, completedAt: Day)).Outcome.ShouldBe(DetectionOutcome.Unchanged);
        Detect(known, Linked(Completed, 1)).Outcome.ShouldBe(DetectionOutcome.Unchanged);
        var later = Linked(Completed, 1, completedAt: Epoch.AddSeconds(1)) with { Course = TwoCourses.Named("x") };
        var taught = Taught(known, later);
        taught.CompletedAt.ShouldBe(Epoch.AddSeconds(1));
        taught.CourseName.ShouldBe("Keselamatan Kerja");
    }

    [Fact]
    public void Feed_row_seen_again_teaches_a_link_and_only_that()
    {
        var unlinked = Known(Row(InProgress, 1));

        Taught(unlinked, Linked(InProgress, 1)).ShouldBe(unlinked with { CourseSerial = "COURSE-1" });
        Detect(unlinked, Row(InProgress, 1)).Outcome.ShouldBe(DetectionOutcome.Unchanged);
    }

    private static DetectionResult Detect(CourseStatusSnapshot known, Observation row) =>
        Detector.Detect(known, row, Live);

    private static CourseStatusSnapshot Taught(CourseStatusSnapshot known, Observation row)
    {
        var found = Detect(known, row);
        found.Outcome.ShouldBe(DetectionOutcome.Refreshed);
        found.Event.ShouldBeNull();
        return found.Snapshot!;
    }
}
