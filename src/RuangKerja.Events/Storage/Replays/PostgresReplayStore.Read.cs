using Npgsql;
using NpgsqlTypes;

namespace RuangKerja.Events.Storage.Replays;

public sealed partial class PostgresReplayStore
{
    /// <inheritdoc />
    public Task<ReplayJob?> ReadAsync(Guid id, CancellationToken cancellationToken) =>
        ReadOneAsync($"Reading replay {id}", database.Sql.ReadReplay, id, cancellationToken);

    /// <inheritdoc />
    public Task<ReplayJob?> ReadRequestedAsync(Guid requestId, CancellationToken cancellationToken) =>
        ReadOneAsync(
            "Looking for a replay by its request",
            database.Sql.ReadRequestedReplay,
            requestId,
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<ReplayJob>> ListAsync(
        IReadOnlyCollection<ReplayState> states,
        Guid? before,
        int limit,
        CancellationToken cancellationToken
    ) =>
        ReadManyAsync(
            "Listing replays",
            database.Sql.ListReplays,
            cancellationToken,
            states.Select(ReplayWords.Of).ToArray(),
            Nullable(before, NpgsqlDbType.Uuid),
            limit
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<ReplayJob>> ReadUntoldAsync(int limit, CancellationToken cancellationToken) =>
        ReadManyAsync(
            "Reading which requesters of replays are to be told",
            database.Sql.ReadUntoldReplays,
            cancellationToken,
            limit
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<ReplayAuditEntry>> ReadAuditAsync(Guid id, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<ReplayAuditEntry>>(
            $"Reading what was done with replay {id}",
            database.Sql.ReadReplayAudit,
            async command =>
            {
                var entries = new List<ReplayAuditEntry>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                {
                    entries.Add(
                        new ReplayAuditEntry(
                            row.GetFieldValue<DateTimeOffset>(0),
                            row.GetString(1),
                            row.GetString(2),
                            TextOf(row, 3)
                        )
                    );
                }

                return entries;
            },
            id
        );

    private async Task<ReplayJob?> ReadOneAsync(
        string operation,
        string sql,
        Guid? id,
        CancellationToken cancellationToken
    ) => (await ReadManyAsync(operation, sql, cancellationToken, id)).SingleOrDefault();

    private Task<IReadOnlyList<ReplayJob>> ReadManyAsync(
        string operation,
        string sql,
        CancellationToken cancellationToken,
        params object?[] parameters
    ) =>
        database.RunAsync<IReadOnlyList<ReplayJob>>(
            operation,
            sql,
            async command =>
            {
                var jobs = new List<ReplayJob>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                    jobs.Add(JobOf(row));
                return jobs;
            },
            parameters
        );

    private static ReplayJob JobOf(NpgsqlDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            State = ReplayWords.State(row.GetString(1)),
            Filter = ReplayJson.ReadFilter(row.GetString(2)),
            MissingOnly = row.GetBoolean(3),
            Destination = row.GetString(4),
            Rate = row.IsDBNull(5) ? null : row.GetInt32(5),
            RequestedBy = row.GetString(6),
            Door = ReplayWords.Door(row.GetString(7)),
            RequestId = row.IsDBNull(8) ? null : row.GetGuid(8),
            ReplyTo = TextOf(row, 9) is { } address ? new Uri(address) : null,
            RequestedAt = row.GetFieldValue<DateTimeOffset>(10),
            StartedAt = InstantOf(row, 11),
            EndedAt = InstantOf(row, 12),
            UpdatedAt = row.GetFieldValue<DateTimeOffset>(13),
            Through = row.GetInt64(14),
            Position = row.GetInt64(15),
            Total = row.GetInt64(16),
            Sent = row.GetInt64(17),
            Unreadable = row.GetInt64(18),
            Reason = TextOf(row, 19),
            Holder = TextOf(row, 20),
        };

    private static string? TextOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? InstantOf(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
}
