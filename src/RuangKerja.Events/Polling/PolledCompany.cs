using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Polling;

/// <summary>One company, the cycle that polls it, and the API client that the cycle asks.</summary>
public sealed record PolledCompany(Company Company, FeedCycle Cycle, IDisposable Api) : IDisposable
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
