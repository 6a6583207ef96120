using Npgsql;
using NpgsqlTypes;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The quarantine over plain SQL: the same for both engines.</summary>
public sealed class PostgresQuarantine(Database database) : IQuarantine
{
    /// <inheritdoc />
    public Task<IReadOnlyList<QuarantinedRow>> ListAsync(
        Company company,
        int limit,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            $"Listing the quarantine of company '{company}'",
            database.Sql.ListQuarantine,
            company,
            new NpgsqlParameter { Value = limit },
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<QuarantinedRow>> LoadAsync(
        Company company,
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    ) =>
        ReadAsync(
            $"Loading quarantined rows of company '{company}'",
            database.Sql.LoadQuarantine,
            company,
            Ids(ids),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<int> DiscardAsync(
        Company company,
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Discarding quarantined rows of company '{company}'",
            database.Sql.DiscardQuarantine,
            cancellationToken,
            company.TenantId,
            Ids(ids)
        );

    private Task<IReadOnlyList<QuarantinedRow>> ReadAsync(
        string operation,
        string sql,
        Company company,
        NpgsqlParameter parameter,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync<IReadOnlyList<QuarantinedRow>>(
            operation,
            sql,
            async command =>
            {
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                var rows = new List<QuarantinedRow>();
                while (await reader.ReadAsync(cancellationToken))
                    rows.Add(Read(reader));
                return rows;
            },
            company.TenantId,
            parameter
        );

    private static QuarantinedRow Read(NpgsqlDataReader row) =>
        new(
            row.GetInt64(0),
            row.GetString(1),
            row.GetFieldValue<string[]>(2),
            row.GetFieldValue<DateTimeOffset>(3),
            row.GetFieldValue<DateTimeOffset>(4),
            row.GetInt64(5)
        )
        {
            RosterOf = row.IsDBNull(6) ? null : new CatalogueCourse(row.GetString(6), row.GetString(7)),
        };

    private static NpgsqlParameter Ids(IReadOnlyCollection<long>? ids) =>
        new()
        {
            Value = (object?)ids?.ToArray() ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        };
}
