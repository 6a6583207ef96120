using Npgsql;
using NpgsqlTypes;

namespace RuangKerja.Events.Storage.Replays;

/// <summary>The replays over plain SQL: the same for both engines. Each move of one is a single statement, its audit with it.</summary>
public sealed partial class PostgresReplayStore(Database database) : IReplayStore
{
    /// <inheritdoc />
    public async Task<ReplayJob> AddAsync(
        ReplayRequest request,
        long through,
        long total,
        CancellationToken cancellationToken
    )
    {
        const string operation = "Keeping a replay";
        // Of version 7: their order is near that of the requests, which an index likes.
        var added = await database.RunAsync(
            operation,
            database.Sql.AddReplay,
            async command => await command.ExecuteScalarAsync(cancellationToken) as Guid?,
            Guid.CreateVersion7(),
            Json(ReplayJson.Write(request.Filter)),
            Json(ReplayJson.Write(request.Filter.Held)),
            request.Destination,
            Nullable(request.Rate, NpgsqlDbType.Integer),
            request.RequestedBy,
            ReplayWords.Of(request.Door),
            Nullable(request.RequestId, NpgsqlDbType.Uuid),
            Parameters.Text(request.ReplyTo?.OriginalString),
            through,
            total
        );
        var job = added is { } id
            ? await ReadAsync(id, cancellationToken)
            : await ReadOneAsync(operation, database.Sql.ReadRequestedReplay, request.RequestId, cancellationToken);
        return job ?? throw Vanished(operation);
    }

    /// <inheritdoc />
    public Task<ReplayTransition> PauseAsync(Guid id, string by, CancellationToken cancellationToken) =>
        MoveAsync(id, ReplayState.Paused, [ReplayState.Waiting, ReplayState.Running], "paused", by, cancellationToken);

    /// <inheritdoc />
    public Task<ReplayTransition> ResumeAsync(Guid id, string by, CancellationToken cancellationToken) =>
        MoveAsync(id, ReplayState.Waiting, [ReplayState.Paused, ReplayState.Failed], "resumed", by, cancellationToken);

    /// <inheritdoc />
    public Task<ReplayTransition> CancelAsync(Guid id, string by, CancellationToken cancellationToken) =>
        MoveAsync(
            id,
            ReplayState.Cancelled,
            [ReplayState.Waiting, ReplayState.Running, ReplayState.Paused, ReplayState.Failed],
            "cancelled",
            by,
            cancellationToken
        );

    /// <inheritdoc />
    public Task NoteToldAsync(ReplayJob told, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Noting that the requester of replay {told.Id} has been told",
            database.Sql.NoteReplayTold,
            cancellationToken,
            told.Id,
            ReplayWords.Of(told.State),
            Parameters.Instant(told.EndedAt)
        );

    /// <inheritdoc />
    public Task<int> TrimAsync(TimeSpan retention, int limit, CancellationToken cancellationToken) =>
        database.RunAsync(
            "Removing replays that are over for long",
            database.Sql.TrimReplays,
            cancellationToken,
            retention,
            limit
        );

    private async Task<ReplayTransition> MoveAsync(
        Guid id,
        ReplayState to,
        ReplayState[] from,
        string action,
        string by,
        CancellationToken cancellationToken
    )
    {
        var moved = await database.RunAsync(
            $"Noting that replay {id} is {action}",
            database.Sql.MoveReplay,
            async command => await command.ExecuteScalarAsync(cancellationToken) is Guid,
            id,
            ReplayWords.Of(to),
            from.Select(ReplayWords.Of).ToArray(),
            action,
            by
        );
        return new ReplayTransition(await ReadAsync(id, cancellationToken), moved);
    }

    private static NpgsqlParameter Json(string? json) => Nullable(json, NpgsqlDbType.Jsonb);

    private static NpgsqlParameter Nullable(object? value, NpgsqlDbType type) =>
        new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };

    private static StorageException Vanished(string operation) =>
        new(
            StorageFailureKind.Refused,
            operation,
            "its row was removed meanwhile.",
            "Only those that are over for months are removed: look at who else writes to replay_job.",
            inner: null
        );
}
