using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The backfills over plain SQL: the same for both engines.</summary>
public sealed class PostgresBackfillStore(Database database) : IBackfillStore
{
    /// <inheritdoc />
    public Task<DateTimeOffset> StartAsync(
        Company company,
        BackfillRange range,
        bool restart,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Beginning the backfill of company '{company}' from {range.From:O} to {range.To:O}",
            database.Sql.StartBackfill,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                await row.ReadAsync(cancellationToken);
                return row.GetFieldValue<DateTimeOffset>(0);
            },
            company.TenantId,
            range.From,
            range.To,
            restart
        );
}
