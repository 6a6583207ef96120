using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

internal sealed partial class IndexRebuild
{
    private async Task<IReadOnlyList<EventRow>> ReadEventsAsync(long after, CancellationToken cancellationToken)
    {
        var events = new List<EventRow>();
        await using var command = new NpgsqlCommand(sql.ReadEventPage, connection) { CommandTimeout = 0 };
        command.AddParameters([after, PageSize]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            events.Add(
                new EventRow(
                    row.GetInt64(0),
                    row.GetGuid(1),
                    row.GetString(2),
                    row.GetString(3),
                    row.GetInt64(4),
                    row.GetFieldValue<DateTimeOffset>(5),
                    row.GetFieldValue<byte[]>(6)
                )
            );
        }

        return events;
    }

    private IndexedEvent? Indexed(EventRow row)
    {
        try
        {
            var change = JsonSerializer.Deserialize<CourseStatusChanged>(row.Data, CoursesJson.Options);
            return change is null ? throw new JsonException("It is null.") : new IndexedEvent(row, change);
        }
        catch (JsonException unreadable)
        {
            leftOut($"Event {row.Sequence} of tenant '{row.Tenant}' cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private async Task WriteAsync(IReadOnlyCollection<IndexedEvent> events, CancellationToken cancellationToken)
    {
        await using var copy = await connection.BeginBinaryImportAsync(sql.WriteEventIndex, cancellationToken);
        copy.Timeout = Timeout.InfiniteTimeSpan;
        foreach (var (row, change) in events)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(row.Sequence, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(row.EventId, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(row.Tenant, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(row.Stream, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(row.Version, NpgsqlDbType.Bigint, cancellationToken);
            await copy.WriteAsync(StoredWords.Of(change.Kind), NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(StoredWords.Of(change.Status), NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(change.Baseline, NpgsqlDbType.Boolean, cancellationToken);
            await copy.WriteAsync(change.OccurredAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
            await copy.WriteAsync(row.RecordedAt.UtcDateTime, NpgsqlDbType.TimestampTz, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private sealed record EventRow(
        long Sequence,
        Guid EventId,
        string Tenant,
        string Stream,
        long Version,
        DateTimeOffset RecordedAt,
        byte[] Data
    ) : StoredRow(Tenant, Data);

    private sealed record IndexedEvent(EventRow Row, CourseStatusChanged Change);
}
