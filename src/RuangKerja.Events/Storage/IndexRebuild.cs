using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>
/// Makes the narrow tables from the events and snapshots that are stored, for a database that is older than they are. What was
/// discarded before cannot be told from what was published: both are found.
/// </summary>
/// <param name="leftOut">Hears of what cannot be read, as a sentence.</param>
internal sealed partial class IndexRebuild(NpgsqlConnection connection, SqlText sql, Action<string> leftOut)
{
    // Read whole before it is written: one connection does one or the other.
    private const int PageSize = 10_000;

    /// <summary>Writes them in the open transaction; they must be empty.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var after = 0L;
        while (await ReadEventsAsync(after, cancellationToken) is { Count: > 0 } events)
        {
            await WriteAsync([.. events.Where(IsCompanys).Select(Indexed).OfType<IndexedEvent>()], cancellationToken);
            after = events[^1].Sequence;
        }

        var (tenant, id) = ("", "");
        while (await ReadSnapshotsAsync(tenant, id, cancellationToken) is { Count: > 0 } snapshots)
        {
            await WriteAsync(
                [.. snapshots.Where(IsCompanys).Select(Indexed).OfType<IndexedAssignment>()],
                cancellationToken
            );
            (tenant, id) = (snapshots[^1].Tenant, snapshots[^1].Id);
        }

        // What asks first must not be planned as if they were empty.
        await using var analyze = new NpgsqlCommand(sql.AnalyzeIndexes, connection) { CommandTimeout = 0 };
        await analyze.ExecuteNonQueryAsync(cancellationToken);
    }

    // What other applications store under names that are no company's is nobody's here.
    private static bool IsCompanys(StoredRow row) => Company.TryFromTenantId(row.Tenant, out _);

    private abstract record StoredRow(string Tenant, byte[] Data);
}
