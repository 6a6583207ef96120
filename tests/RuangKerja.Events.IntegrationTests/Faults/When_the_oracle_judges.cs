using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Faults.Judging;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.People;
using static RuangKerja.Simulator.People.UpstreamStatus;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Each promise seen kept and seen broken: an oracle that cannot fail proves nothing.</summary>
public sealed class When_the_oracle_judges
{
    private static readonly DateTimeOffset Start = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);

    // Not started, begun, completed: all of it stored, and received in order.
    private readonly List<LedgerEntry> _truth = [Lived(null, NotStarted), Lived(NotStarted, InProgress)];
    private readonly List<StoredChange> _stored = [Stored(1, null, NotStarted), Stored(2, NotStarted, InProgress)];
    private readonly List<CourseStatusChanged> _received;
    private List<Guid>? _effects;

    public When_the_oracle_judges() => _received = [.. _stored.Select(Received)];

    [Fact]
    public void Should_find_nothing_where_all_was_told_once_and_in_order()
    {
        _effects = [.. _stored.Select(change => change.EventId)];

        var verdict = Judge();

        verdict.ShouldBeComplete();
        (verdict.Changes, verdict.Stored, verdict.Received, verdict.Repeated).ShouldBe((2, 2, 2, 0));
    }

    [Fact]
    public void Should_call_lost_what_happened_and_is_not_stored()
    {
        _truth.Add(Lived(InProgress, Completed));

        ShouldFindOne(verdict => verdict.Lost).ShouldContain("in_progress>completed");
    }

    [Fact]
    public void Should_call_lost_what_left_the_outbox_and_was_not_received()
    {
        _received.RemoveAt(1);

        ShouldFindOne(verdict => verdict.Lost).ShouldContain("left the outbox");
    }

    [Fact]
    public void Should_call_lost_what_the_snapshot_does_not_say()
    {
        Change(1, change => change with { SnapshotStatus = NotStarted.Word() });

        ShouldFindOne(verdict => verdict.Lost).ShouldContain("its snapshot says not_started");
    }

    [Fact]
    public void Should_call_neither_lost_nor_told_what_waits_in_the_outbox()
    {
        _received.RemoveAt(1);
        Change(1, change => change with { OutboxState = "pending" });

        var verdict = Judge();

        verdict.IsClean.ShouldBeTrue($"{verdict}");
        (verdict.Waiting, verdict.IsTold).ShouldBe((1, false));
        Should.Throw<ShouldAssertException>(verdict.ShouldBeComplete);
    }

    [Fact]
    public void Should_call_a_ghost_what_was_received_and_is_not_stored()
    {
        _received.Add(Received(Stored(3, InProgress, Completed)));

        ShouldFindOne(verdict => verdict.Ghosts).ShouldContain("was received and is not stored");
    }

    [Fact]
    public void Should_call_a_ghost_what_is_stored_and_did_not_happen()
    {
        Tell(Stored(3, InProgress, Failed));

        ShouldFindOne(verdict => verdict.Ghosts).ShouldContain("in_progress>failed is stored and did not happen");
    }

    [Fact]
    public void Should_call_doubled_two_events_for_one_change()
    {
        Tell(Stored(3, InProgress, InProgress));

        ShouldFindOne(verdict => verdict.Doubled).ShouldContain("v3");
    }

    [Fact]
    public void Should_call_doubled_a_change_to_what_was_so_already_though_it_comes_to_be_so_later()
    {
        _truth.AddRange([Lived(InProgress, Completed), Lived(Completed, InProgress)]);
        Tell(Stored(3, InProgress, Completed));
        Tell(Stored(4, Completed, Completed));
        Tell(Stored(5, Completed, InProgress));

        ShouldFindOne(verdict => verdict.Doubled).ShouldContain("v4");
    }

    [Fact]
    public void Should_call_a_ghost_a_message_that_says_otherwise_than_what_is_stored()
    {
        Func<CourseStatusChanged, CourseStatusChanged>[] otherwise =
        [
            told => told with { AssignmentId = "ASGC-2/ID-1/0a1b2c3d" },
            told => told with { PreviousStatus = Failed.Word() },
            told => told with { Status = Completed.Word() },
            told => told with { Kind = ChangeKinds.Completed },
            told => told with { Attempt = 2 },
            told => told with { Inferred = true },
        ];
        foreach (var says in otherwise)
        {
            _received[1] = says(Received(_stored[1]));
            ShouldFindOne(verdict => verdict.Ghosts).ShouldContain("was received as");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Should_call_a_ghost_a_skipped_step_that_is_not_marked_and_a_mark_without_one(bool skips)
    {
        var to = skips ? Completed : InProgress;
        _truth[1] = Lived(NotStarted, to);
        _stored[1] = Stored(2, NotStarted, to) with { Inferred = !skips };
        _received[1] = Received(_stored[1]);

        ShouldFindOne(verdict => verdict.Ghosts).ShouldContain("marked as inferred");
    }

    [Fact]
    public void Should_call_disorder_a_first_change_that_does_not_follow_the_past()
    {
        var past = new Forerunner(4, Failed.Word());
        _stored.Clear();
        _received.Clear();
        _truth.RemoveAt(0);
        Tell(Stored(5, Failed, InProgress) with { Forerunner = past });
        Judge().ShouldBeComplete();

        Change(0, change => change with { From = Expired.Word() });
        _received[0] = Received(_stored[0]);
        ShouldFindOne(verdict => verdict.Disordered).ShouldContain("says it was expired, and it was failed");

        Change(0, change => change with { From = Failed.Word(), Version = 6 });
        _received[0] = Received(_stored[0]);
        ShouldFindOne(verdict => verdict.Disordered).ShouldContain("follows version 4");
    }

    [Fact]
    public void Should_call_disorder_what_came_before_its_forerunner()
    {
        _received.Reverse();

        ShouldFindOne(verdict => verdict.Disordered).ShouldContain("v1 came after v2");
    }

    [Fact]
    public void Should_call_disorder_a_gap_in_the_versions()
    {
        Change(1, change => change with { Version = 3 });
        _received[1] = Received(_stored[1]);

        ShouldFindOne(verdict => verdict.Disordered).ShouldContain("follows version 1");
    }

    [Fact]
    public void Should_call_disorder_an_event_that_does_not_begin_where_the_one_before_ended()
    {
        Change(1, change => change with { From = Failed.Word() });
        _received[1] = Received(_stored[1]);

        ShouldFindOne(verdict => verdict.Disordered).ShouldContain("says it was failed, and it was not_started");
    }

    [Fact]
    public void Should_count_steps_that_nobody_could_see_and_call_them_no_loss()
    {
        // One step was over before the next look; and a way there and back left nothing to see.
        _truth.AddRange([Lived(InProgress, Failed), Lived(Failed, InProgress), Lived(InProgress, Completed)]);
        _truth.AddRange([Lived(Completed, InProgress), Lived(InProgress, Completed)]);
        Tell(Stored(3, InProgress, Completed));

        var verdict = Judge();

        verdict.IsClean.ShouldBeTrue($"{verdict}");
        (verdict.Collapsed, verdict.IsTold).ShouldBe((4, true));
        Should.Throw<ShouldAssertException>(verdict.ShouldBeComplete);
    }

    [Fact]
    public void Should_count_what_came_again_with_its_id_and_call_it_neither_doubled_nor_disorder()
    {
        _received.Add(_received[0]);

        var verdict = Judge();

        verdict.ShouldBeComplete();
        (verdict.Received, verdict.Repeated).ShouldBe((2, 1));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    public void Should_tell_of_an_effect_that_was_had_twice_or_never(int times)
    {
        _effects = [_stored[0].EventId, .. Enumerable.Repeat(_stored[1].EventId, times)];

        ShouldFindOne(verdict => verdict.Effects).ShouldContain($"had its effect {times} times");
    }

    private static LedgerEntry Lived(UpstreamStatus? from, UpstreamStatus to) =>
        new(1, Start, "acme", "ID-1", "COURSE-1", "Keselamatan Kerja", "ASGC-1", from, to, Initial: false);

    private static StoredChange Stored(long version, UpstreamStatus? from, UpstreamStatus to) =>
        new(
            "acme",
            Guid.NewGuid(),
            "ASGC-1/ID-1/0a1b2c3d",
            version,
            "ID-1",
            "Keselamatan Kerja",
            from?.Word(),
            to.Word(),
            ChangeKinds.Started,
            Attempt: 1,
            Inferred: from is null or NotStarted && to is Completed or Failed or Expired,
            OutboxState: null,
            SnapshotStatus: to.Word()
        );

    private static CourseStatusChanged Received(StoredChange change) =>
        new()
        {
            EventId = change.EventId,
            Sequence = change.Version,
            Company = change.Company,
            AssignmentId = change.AssignmentId,
            Version = change.Version,
            EmployeeId = change.EmployeeId,
            CourseName = change.CourseName,
            PreviousStatus = change.From,
            Status = change.To,
            Kind = change.Kind,
            Attempt = change.Attempt,
            Inferred = change.Inferred,
            OccurredAt = Start,
            OccurredAtPrecision = Precisions.Instant,
            DetectedAt = Start,
            Source = Sources.Feed,
        };

    private void Change(int index, Func<StoredChange, StoredChange> change) => _stored[index] = change(_stored[index]);

    private void Tell(StoredChange change)
    {
        _stored.Add(change);
        _received.Add(Received(change));
    }

    private Verdict Judge() => Oracle.Judge(new Evidence(_truth, _stored, _received) { Effects = _effects });

    /// <summary>One finding of this kind and no other, so that no judgement hides behind another.</summary>
    private string ShouldFindOne(Func<Verdict, List<string>> kind)
    {
        var verdict = Judge();
        verdict.IsClean.ShouldBeFalse($"{verdict}");
        (
            verdict.Lost.Count
            + verdict.Ghosts.Count
            + verdict.Doubled.Count
            + verdict.Disordered.Count
            + verdict.Effects.Count
        ).ShouldBe(1, $"{verdict}");
        Should.Throw<ShouldAssertException>(verdict.ShouldBeComplete);
        return kind(verdict).ShouldHaveSingleItem();
    }
}
