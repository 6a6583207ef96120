using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Diagnostics;

/// <summary>What the leases of this instance say: which part is its own, which another's, and when that is not known. Pure.</summary>
public static class LeaseHealth
{
    /// <summary>The part <c>lease</c> of every company.</summary>
    public static IEnumerable<PartHealth> Read(InstanceLeases leases) =>
        leases.All.Select(lease => lease.Company).Distinct().Select(company => Read(leases, company));

    /// <summary>Judges both leases of a company; the one heard of longer ago counts for the age.</summary>
    public static PartHealth Judge(Company company, LeaseStanding feed, LeaseStanding relay)
    {
        var later = relay.ToldAgo is null || relay.ToldAgo > feed.ToldAgo ? relay : feed;
        return new PartHealth(company, PipelinePart.Lease, later.ToldAt, Verdict(feed, relay)) { Age = later.ToldAgo };
    }

    private static PartHealth Read(InstanceLeases leases, Company company) =>
        Judge(company, leases[company, LeaseRole.Feed].Standing, leases[company, LeaseRole.Relay].Standing);

    private static PartVerdict? Verdict(LeaseStanding feed, LeaseStanding relay)
    {
        if ((TroubleOf(feed) ?? TroubleOf(relay)) is { } trouble)
        {
            return new PartVerdict(
                PartStatus.Failing,
                $"Which instance has which part is not known. {trouble.Reason}",
                trouble.Hint
            );
        }

        var elsewhere = (feed.IsElsewhere, relay.IsElsewhere) switch
        {
            (true, true) => "Another instance reads the feed and relays the outbox.",
            (true, false) => "Another instance reads the feed.",
            (false, true) => "Another instance relays the outbox.",
            _ => null,
        };
        return elsewhere is null ? null : new PartVerdict(PartStatus.StandingBy, elsewhere, Hint: null);
    }

    /// <summary>What is held goes on until it is over, whatever the database says meanwhile.</summary>
    private static StorageException? TroubleOf(LeaseStanding lease) => lease.IsHeld ? null : lease.Trouble;
}
