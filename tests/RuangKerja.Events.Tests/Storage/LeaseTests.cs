using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Tests.Storage;

public sealed class LeaseTests
{
    private readonly Clock _clock = new();
    private readonly Lease _lease;

    public LeaseTests() => _lease = new Lease(Company.Default, LeaseRole.Feed, _clock);

    [Fact]
    public void New_lease_is_neither_held_nor_known_to_be_elsewhere() =>
        (_lease.Check(), _lease.IsElsewhere).ShouldBe((false, false));

    [Fact]
    public void Renewed_lease_is_held_and_is_over_before_the_database_gives_it_away()
    {
        _lease.Renewed(_clock.GetTimestamp());

        _lease.IsHeld.ShouldBeTrue();
        _clock.Advance(Lease.Period - TimeSpan.FromMilliseconds(900));
        _lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void Lease_counts_from_when_it_was_asked_for()
    {
        var asked = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(5));
        _lease.Renewed(asked);

        _clock.Advance(TimeSpan.FromSeconds(5));

        _lease.IsHeld.ShouldBeFalse();
    }

    [Fact]
    public void Refused_lease_is_over_at_once()
    {
        _lease.Renewed(_clock.GetTimestamp());

        _lease.Refused();

        (_lease.Check(), _lease.IsElsewhere).ShouldBe((false, true));
    }

    [Fact]
    public void Trouble_ends_no_lease_and_is_told_once_it_is_over()
    {
        var trouble = new StorageException(StorageFailureKind.Unavailable, "Taking it", "away.", "Wait.", inner: null);
        _lease.Renewed(_clock.GetTimestamp());

        _lease.Unknown(trouble);

        _lease.Check().ShouldBeTrue();
        _clock.Advance(Lease.Period);
        Should.Throw<StorageException>(() => _lease.Check()).ShouldBeSameAs(trouble);
    }
}
