using Npgsql;
using RuangKerja.Events.IntegrationTests.Service;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A row of the table <c>lease</c>.</summary>
/// <param name="Role"><c>feed</c> or <c>relay</c>.</param>
/// <param name="ProcessId">Of the instance that has it, or had it last.</param>
/// <param name="IsOver">Another instance could take it at once.</param>
internal sealed record LeaseRow(string Role, int ProcessId, long Term, bool IsOver);

/// <summary>Who may do what, as the database knows it.</summary>
internal sealed class LeaseTable(string connectionString)
{
    /// <summary>What the instances have between them, by role.</summary>
    public async Task<IReadOnlyList<LeaseRow>> ReadAsync()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            "select role, holder, term, expires_at < clock_timestamp() from ruangkerja.lease order by role"
        );
        await using var row = await command.ExecuteReaderAsync();
        var leases = new List<LeaseRow>();
        while (await row.ReadAsync())
        {
            // machine/process/chance
            var process = int.Parse(row.GetString(1).Split('/')[1]);
            leases.Add(new LeaseRow(row.GetString(0), process, row.GetInt64(2), row.GetBoolean(3)));
        }

        return leases;
    }

    /// <summary>Whether the process has both parts now.</summary>
    public async Task<bool> AreAllOfAsync(ServiceProcess process) =>
        await ReadAsync() is [{ IsOver: false } feed, { IsOver: false } relay]
        && feed.ProcessId == process.Id
        && relay.ProcessId == process.Id;

    /// <summary>The holder is dead: what is left of its leases is not waited for.</summary>
    public async Task EndAsync()
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(
            "update ruangkerja.lease set expires_at = clock_timestamp() - interval '1 second'"
        );
        await command.ExecuteNonQueryAsync();
    }
}
