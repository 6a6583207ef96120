using Npgsql;
using NpgsqlTypes;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>Makes the keys of all snapshots, for a database whose snapshots are older than its keys.</summary>
internal static class KeyRebuild
{
    private const string Operation = "Making the keys of all assignments";

    /// <summary>Writes them in the open transaction; the table of keys must be empty.</summary>
    public static async Task RunAsync(NpgsqlConnection connection, SqlText sql, CancellationToken cancellationToken)
    {
        var keys = await ReadAsync(connection, sql, cancellationToken);
        await using var copy = await connection.BeginBinaryImportAsync(sql.WriteKeys, cancellationToken);
        copy.Timeout = Timeout.InfiniteTimeSpan;
        foreach (var ((tenant, digest), ids) in keys)
        {
            await copy.StartRowAsync(cancellationToken);
            await copy.WriteAsync(tenant, NpgsqlDbType.Varchar, cancellationToken);
            await copy.WriteAsync(digest, NpgsqlDbType.Uuid, cancellationToken);
            await copy.WriteAsync(ids.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Varchar, cancellationToken);
        }

        await copy.CompleteAsync(cancellationToken);
    }

    private static async Task<Dictionary<(string Tenant, Guid Digest), List<string>>> ReadAsync(
        NpgsqlConnection connection,
        SqlText sql,
        CancellationToken cancellationToken
    )
    {
        var keys = new Dictionary<(string, Guid), List<string>>();
        await using var command = new NpgsqlCommand(sql.ReadSnapshots, connection) { CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            foreach (var key in KeysOf(StoredSnapshot.Read(Operation, row)))
            {
                if (!keys.TryGetValue((row.GetString(0), key.Digest()), out var ids))
                    keys.Add((row.GetString(0), key.Digest()), ids = []);
                ids.Add(row.GetString(1));
            }
        }

        return keys;
    }

    private static IEnumerable<AssignmentKey> KeysOf(CourseStatusSnapshot snapshot)
    {
        yield return AssignmentKey.ByName(snapshot.EmployeeId, AssignmentId.NormaliseCourseName(snapshot.CourseName));
        if (snapshot.CourseSerial is { } serial)
            yield return AssignmentKey.BySerial(snapshot.EmployeeId, serial);
    }
}
