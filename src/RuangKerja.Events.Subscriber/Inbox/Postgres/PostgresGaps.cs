using Npgsql;
using RuangKerja.Events.Subscriber.Gaps;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>The open gaps, as they stand in the inbox's table.</summary>
internal sealed class PostgresGaps(
    NpgsqlDataSource source,
    PostgresInboxTables tables,
    InboxSql sql,
    string subscriber,
    PostgresInboxOptions options
) : IGapStore
{
    // So many share a request.
    private const int MostAtOnce = 1_000;

    /// <inheritdoc />
    public Task<IReadOnlyList<DueGap>> TakeDueAsync(Guid requestId, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<DueGap>>(
            "Taking the gaps that are due",
            sql.TakeDueGaps,
            async command =>
            {
                var due = new List<DueGap>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                    due.Add(Read(row));
                return due;
            },
            cancellationToken,
            requestId,
            options.Schedule.Answers,
            MostAtOnce
        );

    /// <inheritdoc />
    public Task<IReadOnlyDictionary<string, long>> ReadHeldAsync(
        string company,
        long first,
        int most,
        CancellationToken cancellationToken
    ) =>
        RunAsync<IReadOnlyDictionary<string, long>>(
            $"Reading what is there of company '{company}'",
            sql.ReadHeld,
            async command =>
            {
                var held = new Dictionary<string, long>(StringComparer.Ordinal);
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                    held[row.GetString(0)] = row.GetInt64(1);
                return held;
            },
            cancellationToken,
            company,
            first,
            most
        );

    /// <inheritdoc />
    public Task NoteStartedAsync(Guid requestId, Guid replayId, CancellationToken cancellationToken) =>
        RunAsync(
            $"Noting that replay {replayId} has begun",
            sql.NoteReplayStarted,
            command => command.ExecuteNonQueryAsync(cancellationToken),
            cancellationToken,
            requestId,
            replayId,
            options.Schedule.LongestReplay
        );

    /// <inheritdoc />
    public Task NoteEndedAsync(Guid requestId, bool isWhole, CancellationToken cancellationToken) =>
        RunAsync(
            $"Noting the end of request {requestId}",
            sql.NoteReplayEnded,
            command => command.ExecuteNonQueryAsync(cancellationToken),
            cancellationToken,
            requestId,
            options.Schedule.Pauses,
            isWhole
        );

    /// <inheritdoc />
    public Task<long> CountAsync(CancellationToken cancellationToken) =>
        RunAsync(
            "Counting the open gaps",
            sql.CountGaps,
            async command => (long)(await command.ExecuteScalarAsync(cancellationToken))!,
            cancellationToken
        );

    private async Task<T> RunAsync<T>(
        string operation,
        string statement,
        Func<NpgsqlCommand, Task<T>> run,
        CancellationToken cancellationToken,
        params object[] parameters
    )
    {
        await tables.EnsureAsync(cancellationToken);
        try
        {
            await using var command = source.CreateCommand(statement);
            command.CommandTimeout = options.CommandTimeoutSeconds;
            command.Parameters.Add(new() { Value = subscriber });
            foreach (var value in parameters)
                command.Parameters.Add(new() { Value = value });
            return await run(command);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw InboxFailures.Describe(operation, error);
        }
    }

    private static DueGap Read(NpgsqlDataReader row) =>
        new(
            row.GetString(0),
            row.GetString(1),
            row.GetInt64(2),
            row.GetInt64(3),
            row.GetInt64(4),
            row.GetInt64(5),
            row.GetInt32(6),
            row.GetFieldValue<DateTimeOffset>(7),
            row.GetGuid(8)
        );
}
