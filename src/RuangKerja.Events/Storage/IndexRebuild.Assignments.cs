using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Storage;

internal sealed partial class IndexRebuild
{
    private async Task<IReadOnlyList<SnapshotRow>> ReadSnapshotsAsync(
        string tenant,
        string id,
        CancellationToken cancellationToken
    )
    {
        var snapshots = new List<SnapshotRow>();
        await using var command = new NpgsqlCommand(sql.ReadSnapshotPage, connection) { CommandTimeout = 0 };
        command.AddParameters([tenant, id, PageSize]);
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
            snapshots.Add(new SnapshotRow(row.GetString(0), row.GetString(1), row.GetFieldValue<byte[]>(2)));
        return snapshots;
    }

    private IndexedAssignment? Indexed(SnapshotRow row)
    {
        try
        {
            var snapshot = JsonSerializer.Deserialize<CourseStatusSnapshot>(row.Data, CoursesJson.Options);
            return snapshot is null ? throw new JsonException("It is null.") : new IndexedAssignment(row, snapshot);
        }
        catch (JsonException unreadable)
        {
            leftOut($"Snapshot '{row.Id}' of tenant '{row.Tenant}' cannot be read: {unreadable.Message}");
            return null;
        }
    }

    private async Task WriteAsync(
        IReadOnlyCollection<IndexedAssignment> assignments,
        CancellationToken cancellationToken
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync(sql.WriteAssignmentIndex, cancellationToken);
        copy.Timeout = Timeout.InfiniteTimeSpan;
        foreach (var (row, snapshot) in assignments)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(row.Tenant, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(row.Id, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(snapshot.EmployeeId, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(CourseDigest.Of(snapshot.CourseName), NpgsqlDbType.Uuid, cancellationToken);
            if (snapshot.CourseSerial is { } serial)
                await copy.WriteAsync(serial, NpgsqlDbType.Varchar, cancellationToken);
            else
                await copy.WriteNullAsync(cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private sealed record SnapshotRow(string Tenant, string Id, byte[] Data) : StoredRow(Tenant, Data);

    private sealed record IndexedAssignment(SnapshotRow Row, CourseStatusSnapshot Snapshot);
}
