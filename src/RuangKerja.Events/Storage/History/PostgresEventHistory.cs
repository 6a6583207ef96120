using System.Text.Json;
using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>History over plain SQL: the same for both engines.</summary>
public sealed partial class PostgresEventHistory(Database database) : IEventHistory
{
    /// <summary>
    /// How many sequences one statement looks through at most: a rare event among hundreds of millions must not take one
    /// statement longer than statements may take.
    /// </summary>
    internal long Window { get; init; } = 1_000_000;

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(
        IReadOnlyCollection<long> sequences,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Reading {sequences.Count} stored events",
            database.Sql.ReadEvents,
            command => ReadEventsAsync(command, cancellationToken),
            sequences.ToArray()
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredEvent>> ReadTimelineAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) =>
        database.RunAsync(
            $"Reading the events of an assignment of company '{assignment.Company}'",
            database.Sql.ReadTimeline,
            command => ReadEventsAsync(command, cancellationToken),
            assignment.Company.TenantId,
            assignment.AssignmentId.Value
        );

    private static async Task<IReadOnlyList<StoredEvent>> ReadEventsAsync(
        NpgsqlCommand command,
        CancellationToken cancellationToken
    )
    {
        var events = new List<StoredEvent>();
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            if (Company.TryFromTenantId(row.GetString(2), out var company))
                events.Add(ReadEvent(row, company));
        }

        return events;
    }

    private static StoredEvent ReadEvent(NpgsqlDataReader row, Company company)
    {
        var stored = new StoredEvent(
            row.GetInt64(0),
            row.GetGuid(1),
            company,
            new AssignmentId(row.GetString(3)),
            row.GetInt64(4),
            row.GetFieldValue<DateTimeOffset>(5),
            Change: null
        );
        try
        {
            var data = row.GetFieldValue<byte[]>(6);
            return JsonSerializer.Deserialize<CourseStatusChanged>(data, CoursesJson.Options) is { } change
                ? stored with
                {
                    Change = change,
                }
                : stored with
                {
                    Unreadable = "Its data is null.",
                };
        }
        catch (JsonException unreadable)
        {
            return stored with { Unreadable = unreadable.Message };
        }
    }
}
