using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Polling;

public sealed class PollingBrakeTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(30);

    private readonly Clock _clock = new();
    private readonly Backlogs _backlogs = new();
    private readonly PollingBrake.LoopBrake _brake;

    public PollingBrakeTests() =>
        _brake = new PollingBrake(_backlogs, new OutboxBudget(1_000), _clock).Of(Company.Default, Usual);

    [Fact]
    public void Nothing_is_slowed_before_the_backlog_is_known_nor_within_the_budget()
    {
        _brake.Run();
        _brake.Rest().ShouldBeNull();
        Wait(1_000);

        _brake.Rest().ShouldBeNull();
    }

    [Fact]
    public void First_run_is_never_put_off()
    {
        Wait(1_000_000);

        _brake.Rest().ShouldBeNull();
    }

    [Fact]
    public void Too_much_pending_puts_the_next_run_off_in_short_looks_but_never_for_good()
    {
        Wait(2_000);
        _brake.Run();

        var rested = TimeSpan.Zero;
        while (_brake.Rest() is { } rest)
        {
            rest.ShouldBeInRange(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(5));
            _clock.Advance(rest);
            rested += rest;
        }

        rested.ShouldBe(OutboxBudget.LongestInterval);
    }

    [Fact]
    public void Run_that_was_put_off_comes_at_once_when_the_outbox_is_empty_again()
    {
        Wait(2_000);
        _brake.Run();
        _brake.Rest().ShouldNotBeNull();

        Wait(0);

        _brake.Rest().ShouldBeNull();
    }

    /// <summary>A surge that is held waits for an operator, not for the broker.</summary>
    [Fact]
    public void Held_events_slow_nothing()
    {
        Wait(pending: 0, held: 1_000_000);
        _brake.Run();

        _brake.Rest().ShouldBeNull();
    }

    [Fact]
    public void Another_company_is_not_slowed()
    {
        Company.TryCreate("acme", out var acme).ShouldBeTrue();
        var other = new PollingBrake(_backlogs, new OutboxBudget(1_000), _clock).Of(acme, Usual);
        Wait(2_000);
        other.Run();

        other.Rest().ShouldBeNull();
    }

    private void Wait(long pending, long held = 0) =>
        _backlogs.Set(
            Company.Default,
            new BacklogReading(
                new Backlog(pending, OldestPending: null, held, 0, 0, 0, CountedTo: 100_000),
                FeedVerdict: null
            )
        );
}
