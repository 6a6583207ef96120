using System.Text.Json;
using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The outbox over plain SQL: the same for both engines.</summary>
public sealed class PostgresOutbox(Database database) : IOutbox
{
    /// <inheritdoc />
    public Task<IReadOnlyList<PendingEvent>> ReadPendingAsync(
        Company company,
        int limit,
        IReadOnlyCollection<AssignmentId> except,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync<IReadOnlyList<PendingEvent>>(
            $"Reading the outbox of company '{company}'",
            database.Sql.ReadPending,
            async command =>
            {
                var pending = new List<PendingEvent>();
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                while (await reader.ReadAsync(cancellationToken))
                    pending.Add(ReadRow(reader));
                return pending;
            },
            company.TenantId,
            limit,
            except.Select(assignment => assignment.Value).ToArray()
        );

    /// <inheritdoc />
    public Task RemoveConfirmedAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Removing {sequences.Count} confirmed rows from the outbox",
            database.Sql.RemoveConfirmed,
            command => command.ExecuteNonQueryAsync(cancellationToken),
            sequences.ToArray()
        );

    /// <inheritdoc />
    public Task SetAsideAsync(
        IReadOnlyCollection<long> sequences,
        SetAside state,
        string reason,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Setting {sequences.Count} outbox rows aside",
            database.Sql.SetAside,
            command => command.ExecuteNonQueryAsync(cancellationToken),
            sequences.ToArray(),
            state == SetAside.Unroutable ? "unroutable" : "unpublishable",
            reason
        );

    /// <inheritdoc />
    public Task<int> TrimUnroutableAsync(
        Company company,
        TimeSpan retention,
        int limit,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Trimming unroutable outbox rows of company '{company}'",
            database.Sql.TrimUnroutable,
            command => command.ExecuteNonQueryAsync(cancellationToken),
            company.TenantId,
            retention,
            limit
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<OutboxHold>> ListHoldsAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync<IReadOnlyList<OutboxHold>>(
            $"Listing what is held in the outbox of company '{company}'",
            database.Sql.ListHolds,
            async command =>
            {
                var holds = new List<OutboxHold>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                {
                    holds.Add(
                        new OutboxHold(
                            row.GetString(0),
                            row.GetInt64(1),
                            row.GetFieldValue<DateTimeOffset>(2),
                            row.GetFieldValue<DateTimeOffset>(3)
                        )
                    );
                }

                return holds;
            },
            company.TenantId
        );

    /// <inheritdoc />
    public async Task<int> ReleaseAsync(Company company, CancellationToken cancellationToken)
    {
        var released = await database.RunAsync(
            $"Releasing what is held in the outbox of company '{company}'",
            database.Sql.ReleaseHeld,
            cancellationToken,
            company.TenantId
        );
        await database.RunAsync(
            $"Waking the relay of company '{company}'",
            database.Sql.NotifyOutbox,
            cancellationToken,
            company.TenantId
        );
        return released;
    }

    /// <inheritdoc />
    public Task<int> DiscardAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Discarding what is held in the outbox of company '{company}'",
            database.Sql.DiscardHeld,
            async command => (int)(long)(await command.ExecuteScalarAsync(cancellationToken))!,
            company.TenantId
        );

    /// <inheritdoc />
    public Task<OutboxCounts> CountAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Counting the outbox of company '{company}'",
            database.Sql.CountOutbox,
            async command =>
            {
                await using var reader = await command.ExecuteReaderAsync(cancellationToken);
                await reader.ReadAsync(cancellationToken);
                return new OutboxCounts(
                    reader.GetInt64(0),
                    reader.GetInt64(1),
                    reader.GetInt64(2),
                    reader.GetInt64(3),
                    await reader.IsDBNullAsync(4, cancellationToken) ? null : reader.GetFieldValue<DateTimeOffset>(4)
                );
            },
            company.TenantId
        );

    private static PendingEvent ReadRow(NpgsqlDataReader reader)
    {
        var sequence = reader.GetInt64(0);
        var eventId = reader.GetGuid(1);
        var assignment = new AssignmentId(reader.GetString(2));
        if (reader.IsDBNull(3))
            return new PendingEvent(sequence, eventId, assignment, 0, null, "The event is not in mt_events any more.");

        var version = reader.GetInt64(3);
        try
        {
            var change = JsonSerializer.Deserialize<CourseStatusChanged>(
                reader.GetFieldValue<byte[]>(4),
                CoursesJson.Options
            );
            return new PendingEvent(sequence, eventId, assignment, version, change);
        }
        catch (JsonException unreadable)
        {
            return new PendingEvent(sequence, eventId, assignment, version, null, unreadable.Message);
        }
    }
}
