using FsCheck;
using FsCheck.Fluent;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class VersionGuardTests
{
    private static readonly Guid Replay = Guid.NewGuid();

    [Theory]
    [InlineData(1, Verdict.Handle)]
    [InlineData(7, Verdict.Handle)]
    public void First_version_that_comes_is_handled_whichever_it_is(long version, Verdict verdict) =>
        VersionGuard.Judge(null, Of(version), handled: false, fillGaps: true).Verdict.ShouldBe(verdict);

    /// <summary>As for an inbox whose row of the assignment was deleted, and whose mark of the event was not.</summary>
    [Fact]
    public void Event_that_was_handled_is_a_duplicate_where_its_assignment_is_forgotten()
    {
        var judgement = VersionGuard.Judge(null, Of(3), handled: true, fillGaps: true);

        judgement.ShouldBe(new Judgement(Verdict.Duplicate, new AssignmentProgress(3, 30)));
    }

    [Theory]
    [InlineData(4, false, true, Verdict.Handle, 0)]
    [InlineData(3, true, true, Verdict.Duplicate, 0)]
    [InlineData(3, false, true, Verdict.Outdated, 0)]
    [InlineData(6, false, true, Verdict.BehindGap, 2)]
    [InlineData(6, false, false, Verdict.Handle, 2)]
    public void Version_after_the_third_is_judged_by_what_lies_between(
        long version,
        bool handled,
        bool fillGaps,
        Verdict verdict,
        long missing
    )
    {
        var judgement = VersionGuard.Judge(new AssignmentProgress(3, 30), Of(version), handled, fillGaps);

        judgement.Verdict.ShouldBe(verdict);
        judgement.Missing.ShouldBe(missing);
        judgement.Then.Version.ShouldBe(verdict == Verdict.Handle ? version : 3);
    }

    [Fact]
    public void Gap_stays_open_until_the_highest_version_that_came_is_handled()
    {
        var known = new AssignmentProgress(1, 10);
        known = VersionGuard.Judge(known, Of(4), handled: false, fillGaps: true).Then;
        known = VersionGuard.Judge(known, Of(5), handled: false, fillGaps: true).Then;
        known.ShouldBe(new AssignmentProgress(1, 10) { Gap = new OpenGap(5) { Next = 4 } });

        foreach (var version in (long[])[2, 3, 4])
            known = VersionGuard.Judge(known, Of(version), handled: false, fillGaps: true).Then;
        known.Gap.ShouldBe(new OpenGap(5));

        VersionGuard.Judge(known, Of(5), handled: false, fillGaps: true).Then.ShouldBe(new AssignmentProgress(5, 50));
    }

    /// <summary>Its neighbour may have been judged before the replay was known to be the gap's, or comes after it.</summary>
    [Fact]
    public void Replay_that_leaves_a_version_out_is_not_believed_at_first_sight()
    {
        var known = new AssignmentProgress(1, 10) { Gap = new OpenGap(6, Replay) };

        VersionGuard.Judge(known, Of(4, Replay), handled: false, fillGaps: true).Verdict.ShouldBe(Verdict.BehindGap);
    }

    [Fact]
    public void Hole_is_passed_over_by_the_lowest_version_behind_it_from_the_gaps_own_replay_alone()
    {
        var gap = new OpenGap(6, Replay) { Next = 4, IsHole = true };
        var known = new AssignmentProgress(1, 10) { Gap = gap };

        var own = VersionGuard.Judge(known, Of(4, Replay), handled: false, fillGaps: true);
        var later = VersionGuard.Judge(known, Of(5, Replay), handled: false, fillGaps: true);
        var other = VersionGuard.Judge(known, Of(4, Guid.NewGuid()), handled: false, fillGaps: true);

        (own.Verdict, own.Missing).ShouldBe((Verdict.Handle, 2));
        // Of another hole nothing is known.
        own.Then.ShouldBe(new AssignmentProgress(4, 40) { Gap = new OpenGap(6, Replay) });
        later.Verdict.ShouldBe(Verdict.BehindGap);
        other.Verdict.ShouldBe(Verdict.BehindGap);
    }

    [Fact]
    public void Version_that_comes_again_from_the_error_queue_is_handled_unless_it_was()
    {
        var known = new AssignmentProgress(3, 30);
        var again = Of(2) with { WasGivenUp = true };

        VersionGuard.Judge(known, again, handled: false, fillGaps: true).Verdict.ShouldBe(Verdict.Handle);
        VersionGuard.Judge(known, again, handled: true, fillGaps: true).Verdict.ShouldBe(Verdict.Duplicate);
    }

    [Fact]
    public void Version_that_was_given_up_holds_up_none_and_is_handled_once_when_it_comes_again()
    {
        var given = VersionGuard.GiveUp(new AssignmentProgress(1, 10), Of(2));
        given = VersionGuard.GiveUp(given, Of(2));
        var later = VersionGuard.Judge(given, Of(3), handled: false, fillGaps: true);
        later.Verdict.ShouldBe(Verdict.Handle);

        var again = VersionGuard.Judge(later.Then, Of(2), handled: false, fillGaps: true);
        again.Verdict.ShouldBe(Verdict.Handle);
        again.Then.Version.ShouldBe(3);

        VersionGuard.Judge(again.Then, Of(2), handled: true, fillGaps: true).Verdict.ShouldBe(Verdict.Duplicate);
        VersionGuard.Judge(again.Then, Of(2), handled: false, fillGaps: true).Verdict.ShouldBe(Verdict.Outdated);
    }

    /// <summary>Some fail for good: each of them is given up, and handled when it comes again.</summary>
    [Fact]
    public void Every_version_is_handled_once_in_order_whatever_comes_where_gaps_are_filled() =>
        ForAll(seed =>
        {
            var random = new Random(seed);
            var history = new GuardedHistory(random, fillGaps: true);
            history.ReceiveMess();
            history.ReplayUntilNoGapIsOpen();

            history.Handled.ShouldBe(history.Versions.Except(history.Failing));
            history.Redrive();
            history.Handled.Order().ShouldBe(history.Versions);
        });

    [Fact]
    public void None_is_handled_twice_or_behind_a_later_one_where_gaps_are_not_filled() =>
        ForAll(seed =>
        {
            var history = new GuardedHistory(new Random(seed), fillGaps: false);
            history.ReceiveMess();

            history.Handled.ShouldBe(history.Handled.Distinct().Order());
            history.Redrive();
            history.Handled.ShouldBeUnique();
        });

    private static void ForAll(Action<int> property) =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static Delivery Of(long version, Guid? replay = null) =>
        new("queue", Guid.NewGuid(), "default", "A-1", version, version * 10, replay);
}
