using RuangKerja.Events.Courses;
using static RuangKerja.Events.Courses.CourseStatus;

namespace RuangKerja.Events.Tests.Model;

/// <summary>
/// The way of a change from upstream to the broker in small: a model of its steps, a few changes of a few assignments, and
/// every order in which the steps and a few crashes can come. The promises are kept in each state, and from each everything
/// true can still come to be told. The rules that keep them are broken one by one, to see what each is for.
/// </summary>
/// <remarks>
/// Time is what has happened by then, so that it can go no wrong way here. A row that the API shows late, a hold and a
/// broker that loses what it has confirmed are no part of it; nor is a sweep: what the feed and a roster tell of one
/// change beside each other is tested with real servers only.
/// </remarks>
public sealed class PipelineModelTests(ITestOutputHelper output)
{
    private static readonly Scenario OneChange = new(
        [
            [NotStarted],
        ],
        Faults: 0
    );
    private static readonly Scenario TwoChanges = new(
        [
            [NotStarted, InProgress],
        ],
        Faults: 0
    );

    // The backfill does not see what is touched after its window, and so has a commit of its own beside the poller's.
    private static readonly Scenario TwoWriters = new(
        [
            [NotStarted, NotStarted],
            [NotStarted],
        ],
        Faults: 0
    )
    {
        Backfill = true,
    };

    [Fact]
    public void Promises_are_kept_whenever_an_instance_crashes() =>
        Keeps(
            new Scenario(
                [
                    [InProgress, NotStarted, InProgress],
                ],
                Faults: 3
            )
        );

    [Fact]
    public void Promises_are_kept_for_several_assignments()
    {
        Keeps(
            new Scenario(
                [
                    [NotStarted, InProgress],
                    [NotStarted],
                ],
                Faults: 3
            )
        );
        Keeps(
            new Scenario(
                [
                    [NotStarted],
                    [NotStarted],
                    [NotStarted],
                ],
                Faults: 3
            )
        );
    }

    [Fact]
    public void Promises_are_kept_when_the_watermark_moves_with_the_last_of_several_commits() =>
        Keeps(
            new Scenario(
                [
                    [NotStarted, InProgress],
                    [NotStarted],
                ],
                Faults: 1
            )
            {
                ChunkRows = 1,
            }
        );

    [Fact]
    public void Promises_are_kept_when_a_paused_leader_goes_on_with_what_it_holds()
    {
        Keeps(
            new Scenario(
                [
                    [InProgress, NotStarted],
                ],
                Faults: 2
            )
            {
                Instances = 2,
            }
        );
        Keeps(
            new Scenario(
                [
                    [InProgress, NotStarted, InProgress],
                ],
                Faults: 1
            )
            {
                Instances = 2,
            }
        );
    }

    [Fact]
    public void Promises_are_kept_when_windows_show_again_what_was_shown() =>
        Keeps(
            new Scenario(
                [
                    [NotStarted],
                    [NotStarted],
                ],
                Faults: 1
            )
            {
                Instances = 2,
                Overlap = true,
            }
        );

    [Fact]
    public void Promises_are_kept_when_the_past_is_read_beside_live_polling()
    {
        Keeps(TwoWriters);
        Keeps(TwoChanges with { Faults = 1, Backfill = true });
    }

    [Fact]
    public void Reading_the_outbox_by_highest_sequence_loses_what_commits_late() =>
        Breaks("P1", TwoWriters, Mutation.OutboxReadByHighestSequence);

    [Fact]
    public void Settling_before_the_confirm_loses_what_never_arrives() =>
        Breaks("P1", OneChange, Mutation.SettledBeforeConfirmed);

    [Fact]
    public void Writing_the_outbox_after_the_commit_leaves_an_event_that_nobody_sends() =>
        Breaks("P1", OneChange, Mutation.OutboxWrittenAfterwards);

    [Fact]
    public void Reading_the_outbox_before_the_commit_tells_what_may_never_be() =>
        Breaks("P2", OneChange, Mutation.OutboxReadUncommitted);

    [Fact]
    public void Publishing_the_versions_of_an_assignment_at_once_tells_them_out_of_order() =>
        Breaks("P4", TwoChanges, Mutation.VersionsInParallel);

    /// <summary>Either condition alone holds two pollers apart; without both a change becomes two events.</summary>
    [Fact]
    public void Two_pollers_need_the_watermark_or_the_versions_checked()
    {
        var paused = OneChange with { Instances = 2, Faults = 1 };

        Breaks("P3", paused, Mutation.ProgressUnchecked | Mutation.VersionsUnchecked);
        Keeps(paused with { Mutation = Mutation.ProgressUnchecked });
        Keeps(paused with { Mutation = Mutation.VersionsUnchecked });
    }

    /// <summary>The backfill has a progress of its own, so that the watermark does not hold it and the poller apart.</summary>
    [Fact]
    public void Backfill_beside_live_polling_needs_the_versions_checked() =>
        Breaks("P3", OneChange with { Backfill = true }, Mutation.VersionsUnchecked);

    /// <summary>
    /// One poller that never crashes needs no conditions as long as it reads the batch id back. One that sends a commit
    /// again has only them to keep it from a second event.
    /// </summary>
    [Fact]
    public void Sending_an_unknown_commit_again_tells_a_change_twice()
    {
        const Mutation unconditional = Mutation.ProgressUnchecked | Mutation.VersionsUnchecked;

        Breaks("P3", OneChange, Mutation.UnknownCommitSentAgain | unconditional);
        Keeps(OneChange with { Mutation = unconditional });
        Keeps(OneChange with { Mutation = Mutation.UnknownCommitSentAgain });
    }

    private void Keeps(Scenario scenario)
    {
        var exploration = new Explorer(scenario).Run();
        output.WriteLine($"{exploration.States} states, {exploration.Ends} of them ends");
        exploration.Counterexample.ShouldBeNull();
        exploration.Ends.ShouldBePositive();
    }

    private void Breaks(string promise, Scenario scenario, Mutation rules)
    {
        var exploration = new Explorer(scenario with { Mutation = rules }).Run();
        output.WriteLine($"{rules}: after {exploration.States} states\n{exploration.Counterexample}");
        exploration.Counterexample.ShouldNotBeNull().ShouldContain($"{promise}: ");
    }
}
