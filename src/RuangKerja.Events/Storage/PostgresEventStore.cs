using System.Text.Json;
using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>The Npgsql engine: set-based SQL on the tables that Marten would make.</summary>
public sealed class PostgresEventStore(Database database) : IEventStore
{
    /// <inheritdoc />
    public Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Reading the progress of company '{company}'",
            database.Sql.ReadProgress,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                return await row.ReadAsync(cancellationToken)
                    ? new FeedProgress(
                        row.GetFieldValue<DateTimeOffset>(0),
                        row.GetFieldValue<DateTimeOffset>(1),
                        row.GetBoolean(2),
                        row.GetBoolean(3)
                    )
                    : null;
            },
            company.TenantId
        );

    /// <inheritdoc />
    public async Task<FeedProgress> StartProgressAsync(
        Company company,
        DateTimeOffset startFrom,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        await database.RunAsync(
            $"Beginning the progress of company '{company}'",
            database.Sql.StartProgress,
            cancellationToken,
            company.TenantId,
            startFrom,
            now
        );
        return (await ReadProgressAsync(company, cancellationToken))!;
    }

    /// <inheritdoc />
    public async Task<KnownAssignments> LoadKnownAsync(
        Company company,
        IReadOnlyCollection<AssignmentKey> keys,
        CancellationToken cancellationToken
    )
    {
        if (keys.Count == 0)
            return KnownAssignments.None;

        var byDigest = keys.ToDictionary(key => key.Digest());
        return await database.RunAsync(
            $"Loading what is known under {keys.Count} keys of company '{company}'",
            database.Sql.LoadKnown,
            async command =>
            {
                var found = new Dictionary<AssignmentKey, IReadOnlyList<AssignmentId>>();
                var snapshots = new Dictionary<AssignmentId, CourseStatusSnapshot>();
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                while (await row.ReadAsync(cancellationToken))
                {
                    var id = new AssignmentId(row.GetString(1));
                    var key = byDigest[row.GetGuid(0)];
                    if (!found.TryGetValue(key, out var under))
                        found.Add(key, under = new List<AssignmentId>());
                    ((List<AssignmentId>)under).Add(id);
                    // One assignment is found under several keys.
                    if (!snapshots.ContainsKey(id) && ReadSnapshot(row, id) is { } snapshot)
                        snapshots.Add(id, snapshot);
                }

                return new KnownAssignments(found, snapshots);
            },
            company.TenantId,
            byDigest.Keys.ToArray()
        );
    }

    /// <inheritdoc />
    public Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken) =>
        new CommitTransaction(database, commit).RunAsync(
            (transaction, batchId) =>
                CommitBatch
                    .Create(database.Sql, commit, batchId)
                    .ExecuteAsync(transaction.Connection!, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<long> CountAssignmentsAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Counting the assignments of company '{company}'",
            database.Sql.CountAssignments,
            async command => (long)(await command.ExecuteScalarAsync(cancellationToken))!,
            company.TenantId
        );

    /// <inheritdoc />
    public Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken) =>
        database.RunAsync(
            $"Counting the events of company '{company}'",
            database.Sql.CountEvents,
            async command =>
            {
                await using var row = await command.ExecuteReaderAsync(cancellationToken);
                await row.ReadAsync(cancellationToken);
                return new EventCounts(row.GetInt64(0), row.GetInt64(1));
            },
            company.TenantId
        );

    private static CourseStatusSnapshot? ReadSnapshot(NpgsqlDataReader row, AssignmentId id)
    {
        if (!row.IsDBNull(2))
            return JsonSerializer.Deserialize<CourseStatusSnapshot>(row.GetFieldValue<byte[]>(2), CoursesJson.Options);
        if (row.IsDBNull(4))
            return null;

        var last = JsonSerializer.Deserialize<CourseStatusChanged>(row.GetFieldValue<byte[]>(4), CoursesJson.Options)!;
        return CourseStatusSnapshot.After(id, row.GetInt64(3), last);
    }
}
