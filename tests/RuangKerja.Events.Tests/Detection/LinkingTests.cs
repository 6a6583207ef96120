using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Courses.CourseStatus;
using static RuangKerja.Events.Tests.Detection.Rows;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>Which assignment a row is taken for: each rule, and where it ends.</summary>
public sealed class LinkingTests
{
    private static readonly CatalogueCourse Course = TwoCourses.Courses[0];
    private readonly MemoryStore _store = new();

    [Fact]
    public void Feed_row_finds_its_own_serial_under_its_name()
    {
        Take(Row(InProgress, 1));
        Take(Row(Completed, 2));

        Streams().ShouldBe(["ASGC-1: started completed"]);
    }

    [Fact]
    public void Feed_row_of_another_serial_employee_or_course_is_another_assignment()
    {
        Take(Row(InProgress, 1));
        Take(Row(Completed, 2) with { AssignedCourseSerial = "ASGC-2" });
        Take(Row(Completed, 2, employee: 2));
        Take(Row(Completed, 2, courseName: "Etika Bisnis"));

        Streams().ShouldBe(["ASGC-1: completed", "ASGC-1: completed", "ASGC-1: started", "ASGC-2: completed"]);
    }

    [Fact]
    public void Course_renamed_in_the_feed_is_found_by_its_serial()
    {
        Take(Linked(InProgress, 1));
        Take(Linked(Completed, 2) with { Course = new Catalogue([new("COURSE-1", "K3 Dasar")]).Named("K3 Dasar") });

        Streams().ShouldBe(["ASGC-1: started completed"]);
        _store.Known.Values.Single().CourseName.ShouldBe("K3 Dasar");
    }

    [Fact]
    public void Course_renamed_before_it_was_linked_cannot_be_found()
    {
        Take(Row(InProgress, 1));
        Take(Linked(Completed, 2) with { Course = new Catalogue([new("COURSE-1", "K3 Dasar")]).Named("K3 Dasar") });

        Streams().Count.ShouldBe(2);
    }

    [Fact]
    public void Name_that_now_belongs_to_another_course_leads_to_that_courses_assignment()
    {
        var swapped = new Catalogue([new("COURSE-1", "Etika Bisnis"), new("COURSE-2", "Keselamatan Kerja")]);
        Take(Linked(InProgress, 1));
        Take(Linked(InProgress, 1) with { Course = TwoCourses.Named("Etika Bisnis") });

        Take(Linked(Completed, 2) with { Course = swapped.Named("Keselamatan Kerja") });

        var completed = _store.Known.Values.Single(s => s.Status == Completed);
        completed.CourseSerial.ShouldBe("COURSE-2");
    }

    /// <summary>Its id would be the same: it cannot be another one.</summary>
    [Fact]
    public void Name_that_now_belongs_to_another_course_is_the_old_assignment_when_there_is_no_other()
    {
        var moved = new Catalogue([new("COURSE-9", "Keselamatan Kerja")]);
        Take(Linked(InProgress, 1));
        Take(Rostered(InProgress, 2) with { Course = moved.Rostered(moved.Courses[0]) });

        Take(Linked(Completed, 3) with { Course = moved.Named("Keselamatan Kerja") });

        _store.Known.Values.Single(s => s.Status == Completed).CourseSerial.ShouldBe("COURSE-1");

        // And it is not taken for the other course's from now on.
        Take(Rostered(Failed, 2_000) with { Course = moved.Rostered(moved.Courses[0]) });
        Streams().ShouldBe([": started failed", "ASGC-1: started completed"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Linked_assignment_stays_linked_when_its_name_leads_nowhere_any_more(bool ambiguous)
    {
        var catalogue = ambiguous ? new Catalogue([Course, new("COURSE-3", Course.Name)]) : Catalogue.Empty;
        Take(Linked(NotStarted, 1));
        Take(Linked(InProgress, 2) with { Course = catalogue.Named(Course.Name) });
        Take(Rostered(Completed, 1_000));

        Streams().ShouldBe(["ASGC-1: assigned started completed"]);
        _store.Known.Values.Single().CourseSerial.ShouldBe("COURSE-1");
    }

    [Fact]
    public void Catalogue_that_comes_later_links_what_the_feed_has_shown()
    {
        Take(Row(InProgress, 1));
        Take(Linked(InProgress, 1));

        _store.Known.Values.Single().CourseSerial.ShouldBe("COURSE-1");
        Take(Linked(Completed, 2) with { Course = new Catalogue([new("COURSE-1", "K3 Dasar")]).Named("K3 Dasar") });
        Streams().ShouldBe(["ASGC-1: started completed"]);
    }

    [Fact]
    public void Feed_row_adopts_what_a_roster_showed_first()
    {
        Take(Rostered(Completed, 1_000, day: Epoch));
        Take(Linked(Completed, 990, completedAt: Epoch.AddSeconds(990)));

        Streams().ShouldBe(["ASGC-1: completed"]);
        _store.Known.Values.Single().CompletedAt.ShouldBe(Epoch.AddSeconds(990));
    }

    [Fact]
    public void Feed_row_adopts_nothing_of_another_employee_or_course()
    {
        Take(Rostered(Completed, 1_000));
        Take(Linked(Completed, 990, employee: 2));
        Take(Linked(Completed, 990) with { Course = TwoCourses.Named("Etika Bisnis") });

        Streams().Count.ShouldBe(3);
    }

    [Fact]
    public void Feed_row_that_no_catalogue_links_adopts_nothing()
    {
        Take(Rostered(Completed, 1_000));
        Take(Row(Completed, 990));

        Streams().Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_adopted_is_not_adopted_again()
    {
        Take(Rostered(InProgress, 1_000));
        Take(Linked(InProgress, 990));
        Take(Linked(InProgress, 995, serial: "ASGC-2"));

        Streams().ShouldBe(["ASGC-1: started", "ASGC-2: started"]);
    }

    [Fact]
    public void Row_with_a_serial_of_its_own_is_preferred_to_adoption()
    {
        var ambiguous = new Catalogue([Course, new("COURSE-3", Course.Name)]);
        var renamed = new Catalogue([new("COURSE-1", "K3 Dasar")]);
        Take(Row(InProgress, 990));
        Take(Rostered(InProgress, 1_000) with { Course = ambiguous.Rostered(Course) });
        Take(Linked(InProgress, 990));

        Take(Linked(Completed, 1_100) with { Course = renamed.Named("K3 Dasar") });

        Streams().ShouldBe([": started", "ASGC-1: started completed"]);
    }

    [Theory]
    // A roster showed completed at 1000; the feed row is seen at the given second. Adopted means that there is one assignment.
    [InlineData(880, 1_001, false)]
    [InlineData(881, 1_001, true)]
    [InlineData(880, 1_000, false)]
    [InlineData(880, 999, true)]
    public void Other_status_from_long_before_the_roster_is_another_assignment_unless_it_was_seen_before(
        int updatedAt,
        int seenAt,
        bool adopted
    )
    {
        Take(Rostered(Completed, 1_000));
        Take(Linked(InProgress, updatedAt) with { SeenAt = Epoch.AddSeconds(seenAt) });

        Streams().Count.ShouldBe(adopted ? 1 : 2);
    }

    [Theory]
    [InlineData(36, true)]
    [InlineData(-36, true)]
    [InlineData(37, false)]
    [InlineData(-37, false)]
    public void Completion_of_another_day_is_another_assignment(int hoursAfterTheDay, bool adopted)
    {
        var day = Epoch.AddDays(-10);
        Take(Rostered(Completed, 1_000, day: day));
        Take(Linked(Completed, 500, completedAt: day.AddHours(hoursAfterTheDay)));

        Streams().Count.ShouldBe(adopted ? 1 : 2);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Completion_that_either_source_does_not_date_is_the_same(bool rosterTells, bool feedTells)
    {
        Take(Rostered(Completed, 1_000, day: rosterTells ? Epoch.AddDays(-10) : null));
        Take(Linked(Completed, 500, completedAt: feedTells ? Epoch : null));

        Streams().Count.ShouldBe(1);
    }

    [Fact]
    public void Roster_row_finds_what_the_feed_has_shown_by_the_courses_serial()
    {
        Take(Linked(InProgress, 1));
        Take(Rostered(Completed, 1_000));

        Streams().ShouldBe(["ASGC-1: started completed"]);
    }

    [Fact]
    public void Roster_row_finds_what_the_feed_has_shown_unlinked_by_the_courses_name_and_links_it()
    {
        Take(Row(InProgress, 1));
        Take(Rostered(Completed, 1_000));

        Streams().ShouldBe(["ASGC-1: started completed"]);
        _store.Known.Values.Single().CourseSerial.ShouldBe("COURSE-1");
    }

    [Fact]
    public void Roster_row_of_an_ambiguous_name_finds_nothing_that_is_unlinked()
    {
        var ambiguous = new Catalogue([Course, new("COURSE-3", Course.Name)]);
        Take(Row(InProgress, 1));
        Take(Rostered(Completed, 1_000) with { Course = ambiguous.Rostered(Course) });

        Streams().ShouldBe([": completed", "ASGC-1: started"]);
    }

    [Fact]
    public void Roster_row_does_not_find_another_courses_assignment_by_a_name_it_once_had()
    {
        var moved = new Catalogue([new("COURSE-9", "Keselamatan Kerja")]);
        Take(Linked(InProgress, 1));
        Take(Rostered(Completed, 1_000) with { Course = moved.Rostered(moved.Courses[0]) });

        Streams().ShouldBe([": completed", "ASGC-1: started"]);
    }

    [Fact]
    public void Roster_row_speaks_of_the_assignment_that_changed_last()
    {
        Take(Linked(InProgress, 100, serial: "ASGC-1"), Linked(InProgress, 200, serial: "ASGC-2"));
        Take(Rostered(Completed, 1_000));
        Streams().ShouldBe(["ASGC-1: started", "ASGC-2: started completed"]);

        Take(Linked(Failed, 1_500, serial: "ASGC-1"));
        Take(Rostered(Expired, 2_000));
        Streams().ShouldBe(["ASGC-1: started failed expired", "ASGC-2: started completed"]);
    }

    [Fact]
    public void Unlinked_assignment_counts_among_those_that_changed_last()
    {
        Take(Linked(InProgress, 100, serial: "ASGC-1"));
        Take(Row(InProgress, 200) with { AssignedCourseSerial = "ASGC-2" });
        Take(Rostered(Completed, 1_000));

        Streams().ShouldBe(["ASGC-1: started", "ASGC-2: started completed"]);
    }

    /// <summary>A day begins before all that happened on it: by that, the other assignment would have changed last.</summary>
    [Fact]
    public void Roster_that_dated_a_change_by_its_day_is_taken_for_the_same_assignment_when_it_is_read_again()
    {
        Take(Linked(InProgress, 100, serial: "ASGC-1"), Linked(InProgress, 200, serial: "ASGC-2"));

        Take(Rostered(Completed, 1_000, day: Epoch.AddHours(-5)));
        Take(Rostered(Completed, 2_000, day: Epoch.AddHours(-5)));

        Streams().ShouldBe(["ASGC-1: started", "ASGC-2: started completed"]);
    }

    [Fact]
    public void Of_changes_of_one_instant_the_one_seen_last_counts_and_then_the_id()
    {
        Take(Linked(InProgress, 100, serial: "ASGC-3"));
        _store.Take(
            [Linked(InProgress, 100, serial: "ASGC-1")],
            Live with
            {
                DetectedAt = Live.DetectedAt.AddSeconds(1),
            }
        );
        Take(Rostered(Completed, 1_000));
        Streams().ShouldBe(["ASGC-1: started completed", "ASGC-3: started"]);

        Take(
            Linked(InProgress, 1_000, employee: 2, serial: "ASGC-8"),
            Linked(InProgress, 1_000, employee: 2, serial: "ASGC-9")
        );
        Take(Rostered(Completed, 2_000, employee: 2));
        Streams().ShouldContain("ASGC-9: started completed");
    }

    /// <summary>What remains: only the feed can tell a second assignment from a retake of the first.</summary>
    [Fact]
    public void Second_assignment_that_a_roster_shows_before_the_feed_looks_like_a_reopening_of_the_first()
    {
        Take(Linked(Completed, 100));
        Take(Rostered(NotStarted, 5_000));
        Take(Linked(NotStarted, 4_990, serial: "ASGC-2"));

        Streams().ShouldBe(["ASGC-1: completed reopened", "ASGC-2: assigned"]);
    }

    private void Take(params Observation[] rows) => _store.Take(rows);

    /// <summary>The assignments, by serial, and what happened to each.</summary>
    private List<string> Streams() =>
        [
            .. _store
                .Known.Select(k =>
                    $"{k.Value.AssignedCourseSerial}: "
                    + string.Join(' ', _store.Events[k.Key].Select(e => e.Kind.ToString().ToLowerInvariant()))
                )
                .Order(StringComparer.Ordinal),
        ];
}
