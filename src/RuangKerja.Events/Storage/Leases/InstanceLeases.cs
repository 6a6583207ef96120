using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.Leases;

/// <summary>The leases of this instance: one of each role for each company.</summary>
public sealed class InstanceLeases
{
    private readonly Dictionary<(Company, LeaseRole), Lease> _all;

    /// <summary>None is held yet.</summary>
    public InstanceLeases(IEnumerable<Company> companies, TimeProvider time) =>
        _all = companies
            .SelectMany(company => Enum.GetValues<LeaseRole>().Select(role => new Lease(company, role, time)))
            .ToDictionary(lease => (lease.Company, lease.Role));

    /// <summary>Every one of them.</summary>
    public IReadOnlyCollection<Lease> All => _all.Values;

    /// <summary>A company's lease of a role.</summary>
    public Lease this[Company company, LeaseRole role] => _all[(company, role)];
}
