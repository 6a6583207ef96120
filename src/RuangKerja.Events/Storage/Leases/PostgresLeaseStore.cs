using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.Leases;

/// <summary>The leases over plain SQL: the same for both engines.</summary>
public sealed class PostgresLeaseStore(Database database) : ILeaseStore
{
    private readonly DatabaseSchema _schema = new(database);

    /// <inheritdoc />
    public async Task<long?> TakeAsync(
        Company company,
        LeaseRole role,
        string holder,
        TimeSpan period,
        CancellationToken cancellationToken
    )
    {
        var term = await database.RunAsync(
            $"Taking the {Word(role)} lease of company '{company}'",
            database.Sql.TakeLease,
            async command => await command.ExecuteScalarAsync(cancellationToken) as long?,
            company.TenantId,
            Word(role),
            holder,
            period,
            DatabaseSchema.CurrentVersion
        );
        // Another has it, or none is given to this version.
        if (term is null)
            await _schema.EnsureCurrentAsync(cancellationToken);
        return term;
    }

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
