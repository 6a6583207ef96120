using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class LeaseHealthTests
{
    private static readonly StorageException Trouble = new(
        StorageFailureKind.Unavailable,
        "Taking it",
        "PostgreSQL is away.",
        "Wait.",
        inner: null
    );

    private readonly Clock _clock = new();
    private readonly InstanceLeases _leases;

    public LeaseHealthTests() => _leases = new InstanceLeases([Company.Default], _clock);

    private Lease Feed => _leases[Company.Default, LeaseRole.Feed];

    private Lease Relay => _leases[Company.Default, LeaseRole.Relay];

    private PartHealth Health => LeaseHealth.Read(_leases).ShouldHaveSingleItem();

    [Fact]
    public void Nothing_told_yet_is_no_success() => (Health.LastSuccess, Health.Verdict).ShouldBe((null, null));

    [Fact]
    public void Both_leases_held_are_well()
    {
        Feed.Renewed(_clock.GetTimestamp());
        Health.LastSuccess.ShouldBeNull("of the other nothing is known");
        Relay.Renewed(_clock.GetTimestamp());

        (Health.LastSuccess, Health.Verdict).ShouldBe((_clock.GetUtcNow(), null));
    }

    [Fact]
    public void Lease_of_another_is_told_as_standing_by()
    {
        Feed.Refused();
        Relay.Renewed(_clock.GetTimestamp());

        Health.Verdict.ShouldBe(new PartVerdict(PartStatus.StandingBy, "Another instance reads the feed.", Hint: null));
    }

    [Fact]
    public void Trouble_counts_once_the_lease_is_over()
    {
        Feed.Renewed(_clock.GetTimestamp());
        Relay.Refused();
        Feed.Unknown(Trouble);
        Health.Failure.ShouldBeNull("what is held is held");

        _clock.Advance(Lease.Period);

        Health.Verdict.ShouldBe(
            new PartVerdict(
                PartStatus.Failing,
                "Which instance has which part is not known. Taking it: PostgreSQL is away.",
                "Wait."
            )
        );
    }

    /// <summary>The loop that renews one of them hangs.</summary>
    [Fact]
    public void Lease_heard_of_longer_ago_counts()
    {
        var first = _clock.GetUtcNow();
        Feed.Refused();
        Relay.Refused();
        _clock.Advance(TimeSpan.FromMinutes(1));
        Relay.Refused();

        (Health.LastSuccess, Health.Age).ShouldBe((first, TimeSpan.FromMinutes(1)));
    }

    /// <summary>A renewal that hangs must not look fresh for as long as the clock was put back.</summary>
    [Fact]
    public void Age_is_counted_by_a_clock_that_nobody_sets()
    {
        var clock = new WallClock();
        var leases = new InstanceLeases([Company.Default], clock);
        leases[Company.Default, LeaseRole.Feed].Refused();
        leases[Company.Default, LeaseRole.Relay].Refused();

        clock.Set(TimeSpan.FromHours(-1));
        clock.Advance(TimeSpan.FromMinutes(2));

        LeaseHealth.Read(leases).ShouldHaveSingleItem().Age.ShouldBe(TimeSpan.FromMinutes(2));
    }
}
