using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using static RuangKerja.Events.Tests.Detection.Rows;
using static RuangKerja.Events.Tests.Detection.TwoSources;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>
/// Properties of what two sources show of one history. Each draws its histories from a seed, which a failing run prints:
/// the same number gives the same history again.
/// </summary>
public sealed class TwoSourcesTests
{
    private const int Histories = 300;

    // Time enough for the feed to have shown a change, and for it to be stored, before the next one.
    private const int Calm = 3 * SettleDelay;

    [Fact]
    public void Every_change_is_one_event_whichever_source_shows_it_first() =>
        ForAll(seed =>
        {
            var sources = new TwoSources(seed);
            var truth = Assignments(sources.Random, least: Calm, most: 2_000);
            Play(sources, truth);
            IsTheTruth(sources.Store, truth);
        });

    [Fact]
    public void Feed_alone_tells_every_change_once() =>
        ForAll(seed =>
        {
            var sources = new TwoSources(seed);
            var truth = Assignments(sources.Random, least: Calm, most: 2_000);
            sources.PollFeed(truth, End(truth));
            sources.StoreAll();
            IsTheTruth(sources.Store, truth);
        });

    [Fact]
    public void Changes_in_quick_succession_end_in_the_truth_once_both_sources_have_settled() =>
        ForAll(seed =>
        {
            var sources = new TwoSources(seed);
            var truth = Assignments(sources.Random, least: 1, most: 100);
            Play(sources, truth);
            if (LooksLikeTwo(sources.Store))
                return;

            sources.Store.Known.Count.ShouldBe(truth.Count);
            foreach (var assignment in truth)
                IsTheEnd(StreamOf(sources.Store, assignment), assignment);
            sources.ShowSettledFeed(truth, End(truth) + 1);
            sources.ShowSettledRosters(truth, End(truth) + 1);
            var before = sources.Store.Text;
            sources.StoreAll();
            sources.Store.Text.ShouldBe(before);
        });

    [Fact]
    public void Course_renamed_meanwhile_is_the_same_course() =>
        ForAll(seed =>
        {
            var renamedAt = new Random(seed).Next(0, 4_000);
            var renamed = new Catalogue([new("COURSE-1", "K3 Dasar"), Rows.TwoCourses.Courses[1]]);
            Catalogue Names(int second) => second < renamedAt ? Rows.TwoCourses : renamed;
            var sources = new TwoSources(seed) { Names = Names, FeedCatalogue = Names };
            var truth = Assignments(sources.Random, least: Calm, most: 2_000);
            Play(sources, truth);
            IsTheTruth(sources.Store, truth);
        });

    /// <summary>No roster is read without a catalogue: until then there is the feed alone, and it cannot link.</summary>
    [Fact]
    public void Catalogue_that_comes_later_links_what_the_feed_has_shown() =>
        ForAll(seed =>
        {
            var knownAt = new Random(seed).Next(0, 4_000);
            var sources = new TwoSources(seed)
            {
                FeedCatalogue = second => second < knownAt ? Catalogue.Empty : Rows.TwoCourses,
            };
            var truth = Assignments(sources.Random, least: Calm, most: 2_000);
            sources.PollFeed(truth, End(truth));
            sources.AskRosters(truth, End(truth), from: knownAt + 2 * SettleDelay);
            sources.ShowSettledFeed(truth, End(truth));
            sources.StoreAll();
            IsTheTruth(sources.Store, truth);
        });

    [Fact]
    public void Two_assignments_of_one_course_are_kept_apart_by_the_feed() =>
        ForAll(seed =>
        {
            var sources = new TwoSources(seed);
            var truth = Twice(sources.Random, touched: true);
            sources.PollFeed(truth, End(truth));
            sources.StoreAll();
            IsTheTruth(sources.Store, truth);
        });

    /// <summary>
    /// Not promised: that a roster which shows a change of one of them before the feed does is taken for the right one. It
    /// counts for the one that is known to have changed last; a roster that shows neither a name nor a serial of the
    /// assignment cannot be understood better. So the rosters here come when the feed has shown what they show; and there
    /// are no touches, which would date a change that is seen late later than it was.
    /// </summary>
    [Fact]
    public void Roster_of_two_assignments_of_one_course_speaks_of_the_one_that_changed_last() =>
        ForAll(seed =>
        {
            var sources = new TwoSources(seed);
            var truth = Twice(sources.Random, touched: false);
            sources.PollFeed(truth, End(truth));
            var changes = truth.SelectMany(t => t.Moves).Select(m => m.Second).Order().ToList();
            for (var i = 0; i < changes.Count; i++)
            {
                var next = i + 1 < changes.Count ? changes[i + 1] : changes[i] + Calm;
                var isLastAlone = i == 0 || changes[i] > changes[i - 1];
                if (isLastAlone && next - changes[i] >= Calm)
                    sources.ShowSettledRosters(truth, next - 1);
            }

            sources.StoreAll();
            IsTheTruth(sources.Store, truth);
        });

    /// <summary>By decision: of two courses of one name it is not guessed which of them the feed means.</summary>
    [Fact]
    public void Courses_of_one_name_are_two_assignments_of_which_each_tells_every_change_once() =>
        ForAll(seed =>
        {
            var ambiguous = new Catalogue([new("COURSE-1", "K3"), new("COURSE-2", " k3 ")]);
            var sources = new TwoSources(seed) { Names = _ => ambiguous, FeedCatalogue = _ => ambiguous };
            var truth = TrueAssignment.Draw(sources.Random, "ASGC-1", "ID-1", "COURSE-1", Calm, 2_000);
            sources.PollFeed([truth], End([truth]));
            for (var i = 1; i <= truth.Moves.Count; i++)
            {
                var next = i < truth.Moves.Count ? truth.Moves[i].Second : End([truth]);
                sources.ShowSettledRosters([truth], next - 1);
            }

            sources.StoreAll();
            var streams = sources.Store.Events.Values.ToList();
            streams.Count.ShouldBe(2);
            foreach (var stream in streams)
                stream.Select(e => e.Status).ShouldBe(truth.Moves.Select(m => m.Status));
        });

    private static void Play(TwoSources sources, IReadOnlyList<TrueAssignment> truth)
    {
        sources.PollFeed(truth, End(truth));
        sources.AskRosters(truth, End(truth));
        sources.ShowSettledFeed(truth, End(truth) + 2 * SettleDelay);
        sources.ShowSettledRosters(truth, End(truth) + 3 * SettleDelay);
        sources.ShowSettledFeed(truth, End(truth) + 4 * SettleDelay);
        sources.StoreAll();
    }

    /// <summary>One to three assignments, of different courses or different employees, two of them perhaps under one serial.</summary>
    private static IReadOnlyList<TrueAssignment> Assignments(Random random, int least, int most)
    {
        (string Serial, string Employee, string Course)[] all =
        [
            ("ASGC-1", "ID-1", "COURSE-1"),
            ("ASGC-1", "ID-1", "COURSE-2"),
            ("ASGC-2", "ID-2", "COURSE-1"),
        ];
        return
        [
            .. all.Take(random.Next(1, 4))
                .Select(a => TrueAssignment.Draw(random, a.Serial, a.Employee, a.Course, least, most)),
        ];
    }

    private static IReadOnlyList<TrueAssignment> Twice(Random random, bool touched) =>
        [
            TrueAssignment.Draw(random, "ASGC-1", "ID-1", "COURSE-1", Calm, 2_000, touched),
            TrueAssignment.Draw(random, "ASGC-2", "ID-1", "COURSE-1", Calm, 2_000, touched),
        ];

    private static int End(IReadOnlyList<TrueAssignment> truth) =>
        truth.Max(t => t.Moves.Select(m => m.Second).Concat(t.Touches).Max()) + Calm;

    private static void IsTheTruth(MemoryStore store, IReadOnlyList<TrueAssignment> truth)
    {
        store.Known.Count.ShouldBe(truth.Count);
        foreach (var assignment in truth)
        {
            var stream = StreamOf(store, assignment);
            stream.Select(e => e.Status).ShouldBe(assignment.Moves.Select(m => m.Status));
            IsTheEnd(stream, assignment);

            var attempt = 1;
            for (var i = 0; i < stream.Count; i++)
            {
                var before = i == 0 ? (CourseStatus?)null : assignment.Moves[i - 1].Status;
                if (before?.IsTerminal() == true && !stream[i].Status.IsTerminal())
                    attempt++;
                stream[i].Attempt.ShouldBe(attempt);
                stream[i].PreviousStatus.ShouldBe(before);
                HappenedWhenItDid(stream[i], assignment, i);
            }
        }
    }

    /// <summary>
    /// By decision: what a roster showed, and the feed showed for the first time as it had been longer before than the two may
    /// disagree, cannot be told from two assignments of one course. One history in some ten thousand has it.
    /// </summary>
    private static bool LooksLikeTwo(MemoryStore store) =>
        store.Known.Values.Any(swept =>
            swept.AssignedCourseSerial is null
            && store.Known.Values.Any(fed =>
                fed.AssignedCourseSerial is not null
                && fed.EmployeeId == swept.EmployeeId
                && fed.CourseSerial == swept.CourseSerial
                && swept.ChangedAt - store.Events[new AssignmentId(fed.Id)][0].OccurredAt
                    >= TimeSpan.FromSeconds(SettleDelay)
            )
        );

    /// <summary>To the instant, to the day, or between the change and the next one.</summary>
    private static void HappenedWhenItDid(CourseStatusChanged change, TrueAssignment assignment, int move)
    {
        var happened = Epoch.AddSeconds(assignment.Moves[move].Second);
        if (change.OccurredAtPrecision == OccurredAtPrecision.Day)
        {
            (happened - change.OccurredAt).ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromDays(1));
        }
        else if (change is { Source: ObservationSource.Feed, Status: CourseStatus.Completed })
        {
            change.OccurredAt.ShouldBe(happened);
        }
        else
        {
            change.OccurredAt.ShouldBeGreaterThanOrEqualTo(happened);
            change.OccurredAt.ShouldBeLessThanOrEqualTo(change.DetectedAt);
        }
    }

    /// <summary>No version is missing, each event begins where the last one ended, and the last one is the state.</summary>
    private static void IsTheEnd(IReadOnlyList<CourseStatusChanged> stream, TrueAssignment assignment)
    {
        stream[^1].Status.ShouldBe(assignment.Moves[^1].Status);
        var statuses = stream.Select(e => (CourseStatus?)e.Status).Prepend(null).ToList();
        stream.Select(e => e.PreviousStatus).ShouldBe(statuses[..^1]);
    }

    /// <summary>The one stream of an assignment: found by what the feed has told of it.</summary>
    private static IReadOnlyList<CourseStatusChanged> StreamOf(MemoryStore store, TrueAssignment assignment)
    {
        var known = store
            .Known.Values.Where(s =>
                s.AssignedCourseSerial == assignment.Serial
                && s.EmployeeId == assignment.EmployeeId
                && (s.CourseSerial ?? SerialOf(s.CourseName)) == assignment.CourseSerial
            )
            .ShouldHaveSingleItem();
        var events = store.Events[new AssignmentId(known.Id)];
        known.Status.ShouldBe(events[^1].Status);
        known.Version.ShouldBe(events.Count);
        known.Attempt.ShouldBe(events[^1].Attempt);
        var updatedAt = Epoch.AddSeconds(assignment.UpdatedAt(int.MaxValue));
        known.FeedUpdatedAt.ShouldBe(updatedAt);
        return events;
    }

    private static string? SerialOf(string courseName) => Rows.TwoCourses.Named(courseName).Serial;

    private static void ForAll(Action<int> holds) =>
        Prop.ForAll(
                Gen.Choose(0, int.MaxValue).ToArbitrary(),
                seed =>
                {
                    try
                    {
                        holds(seed);
                    }
                    catch (ShouldAssertException failure)
                    {
                        var text = seed.ToString(CultureInfo.InvariantCulture);
                        throw new ShouldAssertException($"Seed {text}: {failure.Message}", failure);
                    }
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Histories));
}
