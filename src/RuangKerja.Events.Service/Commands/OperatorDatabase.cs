using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Commands;

/// <summary>The database as commands need it that settle what waits in it for an operator.</summary>
internal sealed class OperatorDatabase : IAsyncDisposable
{
    private OperatorDatabase(Database database, Company company)
    {
        Database = database;
        Company = company;
    }

    public Database Database { get; }

    /// <summary>The company that is meant.</summary>
    public Company Company { get; }

    /// <summary>
    /// Opens it, if it is of this version. The company is the one that is configured, or named: by then it may be any that is
    /// stored, since what is held of one that is not configured any more still holds others up.
    /// </summary>
    /// <exception cref="StorageException">It cannot be reached, or is of another version.</exception>
    /// <exception cref="UsageException">There is no such company, or there are several and none is named.</exception>
    public static async Task<OperatorDatabase> OpenAsync(
        StorageOptions storage,
        IConfiguration configuration,
        string? company,
        CancellationToken cancellationToken
    )
    {
        var database = new Database(storage);
        try
        {
            await new DatabaseSchema(database).EnsureCurrentAsync(cancellationToken);
            var stored = company is null ? [] : await new StoredCompanies(database).ListAsync(cancellationToken);
            return new OperatorDatabase(database, CompanyArgument.Read(configuration, company, stored));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => Database.DisposeAsync();
}
