using Npgsql;
using NpgsqlTypes;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Storage.Replays;

public sealed partial class PostgresReplayStore
{
    /// <inheritdoc />
    public async Task<TakenReplay?> TakeAsync(string instance, TimeSpan period, CancellationToken cancellationToken)
    {
        const string operation = "Taking up a replay";
        var taken = await database.RunAsync<(Guid Id, long Term, HeldEvents? Held)?>(
            operation,
            database.Sql.TakeReplay,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                return await row.ReadAsync(cancellationToken)
                    ? (row.GetGuid(0), row.GetInt64(1), ReplayJson.ReadHeld(TextOf(row, 2)))
                    : null;
            },
            instance,
            period
        );
        if (taken is not var (id, term, held))
            return null;

        var job = await ReadAsync(id, cancellationToken) ?? throw Vanished(operation);
        // A pause may have come in between: the first keeping tells.
        return new TakenReplay(job with { Holder = instance }, held, term);
    }

    /// <inheritdoc />
    public Task<bool> KeepAsync(
        TakenReplay taken,
        ReplayProgress? progress,
        TimeSpan period,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Keeping replay {taken.Job.Id}",
            database.Sql.KeepReplay,
            async command => await command.ExecuteScalarAsync(cancellationToken) is true,
            taken.Job.Id,
            taken.Term,
            Nullable(progress?.Position, NpgsqlDbType.Bigint),
            Nullable(progress?.Sent, NpgsqlDbType.Bigint),
            Nullable(progress?.Unreadable, NpgsqlDbType.Bigint),
            Parameters.Text(progress?.Reason),
            period
        );

    /// <inheritdoc />
    public Task<bool> EndAsync(
        TakenReplay taken,
        ReplayProgress progress,
        ReplayState state,
        string? reason,
        CancellationToken cancellationToken
    ) => EndAsync(taken, progress, state, reason, putOff: null, cancellationToken);

    /// <inheritdoc />
    public Task<bool> PutOffAsync(
        TakenReplay taken,
        ReplayProgress progress,
        string? reason,
        TimeSpan period,
        CancellationToken cancellationToken
    ) => EndAsync(taken, progress, ReplayState.Waiting, reason, period, cancellationToken);

    private Task<bool> EndAsync(
        TakenReplay taken,
        ReplayProgress progress,
        ReplayState state,
        string? reason,
        TimeSpan? putOff,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Noting the end of replay {taken.Job.Id}",
            database.Sql.EndReplay,
            async command => await command.ExecuteScalarAsync(cancellationToken) is Guid,
            taken.Job.Id,
            taken.Term,
            ReplayWords.Of(state),
            progress.Position,
            progress.Sent,
            progress.Unreadable,
            Parameters.Text(reason),
            Parameters.Text(taken.Job.Holder),
            Nullable(putOff, NpgsqlDbType.Interval)
        );

    /// <inheritdoc />
    public Task LeaveAsync(TakenReplay taken, ReplayProgress progress, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Leaving replay {taken.Job.Id}",
            database.Sql.LeaveReplay,
            cancellationToken,
            taken.Job.Id,
            taken.Term,
            progress.Position,
            progress.Sent,
            progress.Unreadable
        );
}
