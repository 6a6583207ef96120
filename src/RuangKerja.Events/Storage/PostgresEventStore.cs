using System.Text.Json;
using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>The Npgsql engine: set-based SQL on the tables that Marten would make.</summary>
public sealed partial class PostgresEventStore(Database database) : IEventStore
{
    /// <inheritdoc />
    public async Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.Source.CreateCommand(database.Sql.ReadProgress);
            command.Parameters.Add(new() { Value = company.TenantId });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken)
                ? new FeedProgress(reader.GetFieldValue<DateTimeOffset>(0), reader.GetBoolean(1))
                : null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe($"Reading the progress of company '{company}'", error);
        }
    }

    /// <inheritdoc />
    public async Task<FeedProgress> StartProgressAsync(
        Company company,
        DateTimeOffset startFrom,
        CancellationToken cancellationToken
    )
    {
        try
        {
            await using var command = database.Source.CreateCommand(database.Sql.StartProgress);
            command.Parameters.Add(new() { Value = company.TenantId });
            command.Parameters.Add(new() { Value = startFrom.ToUniversalTime() });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe($"Beginning the progress of company '{company}'", error);
        }

        return (await ReadProgressAsync(company, cancellationToken))!;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<AssignmentId, CourseStatusSnapshot>> LoadSnapshotsAsync(
        Company company,
        IReadOnlyCollection<AssignmentId> assignments,
        CancellationToken cancellationToken
    )
    {
        var snapshots = new Dictionary<AssignmentId, CourseStatusSnapshot>(assignments.Count);
        if (assignments.Count == 0)
            return snapshots;

        try
        {
            await using var command = database.Source.CreateCommand(database.Sql.LoadSnapshots);
            command.Parameters.Add(new() { Value = company.TenantId });
            command.Parameters.Add(new() { Value = assignments.Select(a => a.Value).ToArray() });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (ReadSnapshot(reader) is { } snapshot)
                    snapshots.Add(new AssignmentId(snapshot.Id), snapshot);
            }

            return snapshots;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe($"Loading {assignments.Count} snapshots of company '{company}'", error);
        }
    }

    /// <inheritdoc />
    public async Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = database.Source.CreateCommand(database.Sql.CountEvents);
            command.Parameters.Add(new() { Value = company.TenantId });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            await reader.ReadAsync(cancellationToken);
            return new EventCounts(reader.GetInt64(0), reader.GetInt64(1));
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw PostgresFailures.Describe($"Counting the events of company '{company}'", error);
        }
    }

    private static CourseStatusSnapshot? ReadSnapshot(NpgsqlDataReader row)
    {
        if (!row.IsDBNull(1))
            return JsonSerializer.Deserialize<CourseStatusSnapshot>(row.GetFieldValue<byte[]>(1), CoursesJson.Options);
        if (row.IsDBNull(3))
            return null;

        var last = JsonSerializer.Deserialize<CourseStatusChanged>(row.GetFieldValue<byte[]>(3), CoursesJson.Options)!;
        return CourseStatusSnapshot.After(new AssignmentId(row.GetString(0)), row.GetInt64(2), last);
    }
}
