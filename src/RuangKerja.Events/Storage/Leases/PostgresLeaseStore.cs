using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.Leases;

/// <summary>The leases over plain SQL: the same for both engines.</summary>
public sealed class PostgresLeaseStore(Database database) : ILeaseStore
{
    /// <inheritdoc />
    public Task<long?> TakeAsync(
        Company company,
        LeaseRole role,
        string holder,
        TimeSpan period,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Taking the {Word(role)} lease of company '{company}'",
            database.Sql.TakeLease,
            async command => await command.ExecuteScalarAsync(cancellationToken) as long?,
            company.TenantId,
            Word(role),
            holder,
            period
        );

    /// <inheritdoc />
    public Task GiveBackAsync(Company company, LeaseRole role, string holder, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Giving the {Word(role)} lease of company '{company}' back",
            database.Sql.GiveLeaseBack,
            cancellationToken,
            company.TenantId,
            Word(role),
            holder
        );

    private static string Word(LeaseRole role) => role == LeaseRole.Feed ? "feed" : "relay";
}
