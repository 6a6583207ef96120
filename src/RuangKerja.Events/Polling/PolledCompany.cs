using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling.Backfills;
using RuangKerja.Events.Polling.Rosters;

namespace RuangKerja.Events.Polling;

/// <summary>One company and what reads its part of the API, all over one client.</summary>
/// <param name="Api">The client, for its end.</param>
public sealed record PolledCompany(
    Company Company,
    CompanyCatalogue Catalogue,
    FeedCycle Feed,
    RosterSweep Rosters,
    Backfill Backfill,
    IDisposable Api
) : IDisposable
{
    /// <inheritdoc />
    public void Dispose() => Api.Dispose();
}

/// <summary>All companies that are polled.</summary>
public sealed record PolledCompanies(IReadOnlyList<PolledCompany> All) : IDisposable
{
    /// <inheritdoc />
    public void Dispose()
    {
        foreach (var company in All)
            company.Dispose();
    }
}
