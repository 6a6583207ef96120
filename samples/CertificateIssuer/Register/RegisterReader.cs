using Npgsql;

namespace CertificateIssuer.Register;

/// <summary>An entry of the register, without its file.</summary>
public sealed record RegisterEntry(
    string Number,
    string Company,
    string EmployeeId,
    string CourseName,
    int Attempt,
    DateTimeOffset CompletedAt,
    DateTimeOffset? RevokedAt,
    string? Reason,
    string Sha256
);

/// <summary>How many certificates there are, and how many of them hold no more.</summary>
public sealed record RegisterCounts(long Issued, long Revoked);

/// <summary>Makes the register's tables, and reads them.</summary>
public sealed class RegisterReader(NpgsqlDataSource database)
{
    /// <summary>Makes the tables where there are none; several may do so at once.</summary>
    public async Task MakeTablesAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            $"select pg_advisory_xact_lock(hashtext('certificates')); {Sql.Schema}",
            connection,
            transaction
        );
        await command.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Counts them.</summary>
    public async Task<RegisterCounts> CountAsync(CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql.Count);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        await row.ReadAsync(cancellationToken);
        return new RegisterCounts(row.GetInt64(0), row.GetInt64(1));
    }

    /// <summary>Those issued last, the newest first.</summary>
    public async Task<IReadOnlyList<RegisterEntry>> ReadNewestAsync(int count, CancellationToken cancellationToken)
    {
        var entries = new List<RegisterEntry>();
        await using var command = database.CreateCommand(Sql.Newest);
        command.Parameters.Add(new NpgsqlParameter { Value = count });
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            entries.Add(
                new RegisterEntry(
                    rows.GetString(0),
                    rows.GetString(1),
                    rows.GetString(2),
                    rows.GetString(3),
                    rows.GetInt32(4),
                    rows.GetFieldValue<DateTimeOffset>(5),
                    await rows.IsDBNullAsync(6, cancellationToken) ? null : rows.GetFieldValue<DateTimeOffset>(6),
                    await rows.IsDBNullAsync(7, cancellationToken) ? null : rows.GetString(7),
                    rows.GetString(8)
                )
            );
        }

        return entries;
    }

    /// <summary>A certificate's PDF file; null when no certificate has that number.</summary>
    public async Task<byte[]?> ReadFileAsync(string number, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql.File);
        command.Parameters.Add(new NpgsqlParameter { Value = number });
        return await command.ExecuteScalarAsync(cancellationToken) as byte[];
    }
}
