using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class BacklogHealthTests
{
    private static readonly OutboxBudget Budget = new(1_000);
    private static readonly Backlog Empty = new(
        Pending: 0,
        OldestPending: null,
        Held: 0,
        Unroutable: 0,
        Unpublishable: 0,
        Quarantined: 0,
        CountedTo: 100_000
    );

    [Fact]
    public void Empty_outbox_and_quarantine_are_well()
    {
        BacklogHealth.Outbox(Empty, Budget).ShouldBeNull();
        BacklogHealth.Quarantine(Empty).ShouldBeNull();
    }

    [Fact]
    public void Unroutable_events_are_nothing_to_be_done_about() =>
        BacklogHealth.Outbox(Empty with { Unroutable = 100_000 }, Budget).ShouldBeNull();

    [Theory]
    [InlineData(300, false)]
    [InlineData(301, true)]
    public void Outbox_is_late_once_an_event_has_waited_for_more_than_five_minutes(int seconds, bool late)
    {
        var verdict = BacklogHealth.Outbox(
            Empty with
            {
                Pending = 7,
                OldestPending = TimeSpan.FromSeconds(seconds),
            },
            Budget
        );

        (verdict is not null).ShouldBe(late);
        if (verdict is null)
            return;
        verdict.Status.ShouldBe(PartStatus.Late);
        verdict.Reason.ShouldBe("7 events wait for the broker, the oldest for 0.00:05:01.");
        verdict.Hint.ShouldNotBeNull();
    }

    [Theory]
    [InlineData(1_000, false)]
    [InlineData(1_001, true)]
    public void Outbox_over_its_budget_fails_and_says_that_polling_is_slowed_down(long pending, bool failing)
    {
        var verdict = BacklogHealth.Outbox(
            Empty with
            {
                Pending = pending,
                OldestPending = TimeSpan.FromSeconds(1),
            },
            Budget
        );

        (verdict is { Status: PartStatus.Failing }).ShouldBe(failing);
        if (failing)
            verdict!.Reason.ShouldBe(
                "1001 events wait for the broker, more than 1000 (Relay:OutboxBudget): polling is slowed down."
            );
    }

    [Fact]
    public void Held_events_fail_and_ask_for_an_operator_and_what_is_late_besides_is_told_too()
    {
        var verdict = BacklogHealth.Outbox(
            Empty with
            {
                Held = 10_000,
                HeldSince = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
                HeldReason = "Too many at once.",
                Pending = 2,
                OldestPending = TimeSpan.FromHours(1),
            },
            Budget
        );

        verdict!.Status.ShouldBe(PartStatus.Failing);
        verdict.Reason.ShouldBe(
            "10000 or more events are held since 2026-02-03T04:05:06.0000000+00:00, all others go on. Too many at once. "
                + "2 events wait for the broker, the oldest for 0.01:00:00."
        );
        verdict.Hint!.ShouldContain("release or discard");
    }

    [Fact]
    public void Unpublishable_events_and_quarantined_rows_ask_for_attention_only()
    {
        BacklogHealth.Outbox(Empty with { Unpublishable = 1 }, Budget)!.Status.ShouldBe(PartStatus.Attention);

        var quarantine = BacklogHealth.Quarantine(Empty with { Quarantined = 3 })!;
        quarantine.Status.ShouldBe(PartStatus.Attention);
        quarantine.Reason.ShouldStartWith("3 rows");
        quarantine.Hint!.ShouldContain("quarantine list");
    }
}
