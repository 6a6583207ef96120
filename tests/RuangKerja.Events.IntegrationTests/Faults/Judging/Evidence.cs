using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Simulator.Ledger;

namespace RuangKerja.Events.IntegrationTests.Faults.Judging;

/// <summary>One change in the event store, the past aside, and what the outbox says of it.</summary>
/// <param name="OutboxState">Null when the outbox does not hold it, or not any more.</param>
/// <param name="SnapshotStatus">What the assignment's snapshot says now.</param>
internal sealed record StoredChange(
    string Company,
    Guid EventId,
    string AssignmentId,
    long Version,
    string EmployeeId,
    string CourseName,
    string? From,
    string To,
    string Kind,
    int Attempt,
    bool Inferred,
    string? OutboxState,
    string? SnapshotStatus
)
{
    /// <summary>What its stream holds just before it, the past included; null when it is the first.</summary>
    public Forerunner? Forerunner { get; init; }
}

/// <summary>An event that another one follows in its stream.</summary>
internal sealed record Forerunner(long Version, string Status);

/// <summary>All there is to judge by: what truly happened, what is stored, and what a subscriber got, in the order in which it came.</summary>
internal sealed record Evidence(
    IReadOnlyList<LedgerEntry> Truth,
    IReadOnlyList<StoredChange> Stored,
    IReadOnlyList<CourseStatusChanged> Received
)
{
    private const string Query = """
        select case event.tenant_id when '*DEFAULT*' then 'default' else event.tenant_id end,
               event.id, event.stream_id, event.version,
               event.data ->> 'employeeId', event.data ->> 'courseName',
               event.data ->> 'previousStatus', event.data ->> 'status',
               event.data ->> 'kind', (event.data ->> 'attempt')::int, (event.data ->> 'inferred')::boolean,
               outbox.state::text, snapshot.data ->> 'status',
               event.version_before, event.status_before
        from (
            select *,
                   lag(version) over stream as version_before,
                   lag(data ->> 'status') over stream as status_before
            from ruangkerja.mt_events
            window stream as (partition by tenant_id, stream_id order by version)
        ) as event
        left join ruangkerja.outbox as outbox on outbox.seq_id = event.seq_id
        left join ruangkerja.mt_doc_coursestatussnapshot as snapshot
               on snapshot.tenant_id = event.tenant_id and snapshot.id = event.stream_id
        where event.type = 'course_status_changed' and not coalesce((event.data ->> 'baseline')::boolean, false)
        order by event.seq_id
        """;

    /// <summary>The events whose effect a subscriber had, once for each time; null when nobody counted.</summary>
    public IReadOnlyList<Guid>? Effects { get; init; }

    /// <summary>What concerns one company; effects are not told apart.</summary>
    public Evidence Of(string company) =>
        new(
            [.. Truth.Where(entry => entry.Company == company)],
            [.. Stored.Where(change => change.Company == company)],
            [.. Received.Where(change => change.Company == company)]
        );

    /// <summary>Reads what is stored.</summary>
    public static async Task<IReadOnlyList<StoredChange>> ReadStoredAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(Query);
        await using var row = await command.ExecuteReaderAsync();
        var stored = new List<StoredChange>();
        while (await row.ReadAsync())
        {
            stored.Add(
                new StoredChange(
                    row.GetString(0),
                    row.GetGuid(1),
                    row.GetString(2),
                    row.GetInt64(3),
                    row.GetString(4),
                    row.GetString(5),
                    Text(row, 6),
                    row.GetString(7),
                    row.GetString(8),
                    row.GetInt32(9),
                    row.GetBoolean(10),
                    Text(row, 11),
                    Text(row, 12)
                )
                {
                    Forerunner = row.IsDBNull(13) ? null : new Forerunner(row.GetInt64(13), row.GetString(14)),
                }
            );
        }

        return stored;
    }

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);
}
