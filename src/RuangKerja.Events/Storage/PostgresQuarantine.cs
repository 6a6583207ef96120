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
    public async Task<int> DiscardAsync(
        Company company,
        IReadOnlyCollection<long>? ids,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = database.Source.CreateCommand(database.Sql.DiscardQuarantine);
            command.Parameters.Add(new() { Value = company.TenantId });
            command.Parameters.Add(Ids(ids));
            return await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe($"Discarding quarantined rows of company '{company}'", error);
        }
    }

    private async Task<IReadOnlyList<QuarantinedRow>> ReadAsync(
        string operation,
        string sql,
        Company company,
        NpgsqlParameter parameter,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = database.Source.CreateCommand(sql);
            command.Parameters.Add(new() { Value = company.TenantId });
            command.Parameters.Add(parameter);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<QuarantinedRow>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(
                    new QuarantinedRow(
                        reader.GetInt64(0),
                        reader.GetString(1),
                        reader.GetFieldValue<string[]>(2),
                        reader.GetFieldValue<DateTimeOffset>(3),
                        reader.GetFieldValue<DateTimeOffset>(4),
                        reader.GetInt64(5)
                    )
                );
            }

            return rows;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe(operation, error);
        }
    }

    private static NpgsqlParameter Ids(IReadOnlyCollection<long>? ids) =>
        new()
        {
            Value = (object?)ids?.ToArray() ?? DBNull.Value,
            NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bigint,
        };
}
