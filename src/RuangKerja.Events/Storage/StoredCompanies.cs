using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The companies that the database knows, those that are not configured any more among them.</summary>
public sealed class StoredCompanies(Database database)
{
    /// <summary>Reads all of them.</summary>
    /// <exception cref="StorageException">The database did not do its part.</exception>
    public Task<IReadOnlyList<Company>> ListAsync(CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<Company>>(
            "Listing the companies that are stored",
            database.Sql.ListCompanies,
            async command =>
            {
                var companies = new List<Company>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                {
                    if (Company.TryFromTenantId(row.GetString(0), out var company))
                        companies.Add(company);
                }

                return companies;
            }
        );
}
