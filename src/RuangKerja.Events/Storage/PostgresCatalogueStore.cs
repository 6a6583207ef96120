using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The catalogues over plain SQL: the same for both engines.</summary>
public sealed class PostgresCatalogueStore(Database database) : ICatalogueStore
{
    /// <inheritdoc />
    public Task<StoredCatalogue?> ReadAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Reading the catalogue of company '{company}'",
            database.Sql.ReadCatalogue,
            async command =>
            {
                var courses = new List<CatalogueCourse>();
                var readAt = default(DateTimeOffset);
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                {
                    courses.Add(new CatalogueCourse(row.GetString(0), row.GetString(1)));
                    readAt = row.GetFieldValue<DateTimeOffset>(2);
                }

                return courses.Count == 0 ? null : new StoredCatalogue(new Catalogue(courses), readAt);
            },
            company.TenantId
        );

    /// <inheritdoc />
    public async Task ReplaceAsync(
        Company company,
        Catalogue catalogue,
        DateTimeOffset readAt,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var connection = await database.Source.OpenConnectionAsync(cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var batch = new NpgsqlBatch(connection);
            batch.Add(database.Sql.RemoveCatalogue, company.TenantId);
            batch.Add(
                database.Sql.WriteCatalogue,
                company.TenantId,
                catalogue.Courses.Select(course => course.Serial).ToArray(),
                catalogue.Courses.Select(course => course.Name).ToArray(),
                readAt
            );
            await batch.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        // Another instance has replaced it at the same moment, with the same courses.
        catch (PostgresException error) when (error.IsConflict()) { }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe($"Storing the catalogue of company '{company}'", error);
        }
    }
}
