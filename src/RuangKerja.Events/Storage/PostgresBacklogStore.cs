using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The backlog over plain SQL, in one statement: the same for both engines.</summary>
public sealed class PostgresBacklogStore(Database database) : IBacklogStore
{
    /// <inheritdoc />
    public Task<Backlog> ReadAsync(Company company, long countTo, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Reading the backlog of company '{company}'",
            database.Sql.ReadBacklog,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                await row.ReadAsync(cancellationToken);
                return Read(row, countTo);
            },
            company.TenantId,
            countTo,
            Backlog.OthersCountedToWith(countTo)
        );

    private static Backlog Read(NpgsqlDataReader row, long countTo) =>
        new(
            row.GetInt64(0),
            row.IsDBNull(1) ? null : row.GetTimeSpan(1),
            row.GetInt64(2),
            row.GetInt64(5),
            row.GetInt64(6),
            row.GetInt64(7),
            countTo
        )
        {
            HeldSince = row.IsDBNull(3) ? null : row.GetFieldValue<DateTimeOffset>(3),
            HeldReason = row.IsDBNull(4) ? null : row.GetString(4),
            Feed = row.IsDBNull(8)
                ? null
                : new FeedStanding(
                    row.GetFieldValue<DateTimeOffset>(8),
                    row.GetTimeSpan(9),
                    row.GetTimeSpan(10),
                    row.GetBoolean(11)
                ),
        };
}
