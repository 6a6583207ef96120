using Npgsql;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>
/// One commit as a batch of set-based statements: one round trip, however many rows. Each statement knows how many rows
/// it must touch; any other number means that another writer was first.
/// </summary>
internal sealed partial class CommitBatch
{
    private readonly SqlText _sql;
    private readonly ChunkCommit _commit;
    private readonly Guid _batchId;
    private readonly List<Statement> _statements = [];

    private CommitBatch(SqlText sql, ChunkCommit commit, Guid batchId)
    {
        _sql = sql;
        _commit = commit;
        _batchId = batchId;
    }

    /// <summary>The statements of a commit, in the order in which they must run.</summary>
    public static CommitBatch Create(SqlText sql, ChunkCommit commit, Guid batchId)
    {
        var batch = new CommitBatch(sql, commit, batchId);
        batch.Add(sql.NoteBatch, rows: 1, CommitOutcome.AssignmentMoved, batchId, DatabaseSchema.CurrentVersion);
        batch.MoveProgress();
        batch.ClaimKeys();
        batch.MoveStreams();
        batch.AppendEvents();
        batch.StoreSnapshots();
        batch.QuarantineRows();
        batch.ResolveRows();
        return batch;
    }

    /// <summary>Runs the statements in the open transaction; anything but Committed must be rolled back.</summary>
    public async Task<CommitOutcome> ExecuteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in _statements)
            batch.BatchCommands.Add(statement.Command);
        await batch.ExecuteNonQueryAsync(cancellationToken);

        return _statements.Find(s => s.Rows is { } rows && s.Command.Rows != (ulong)rows)?.Otherwise
            ?? CommitOutcome.Committed;
    }

    private IEnumerable<AssignmentChanges> Changed() => _commit.Changes.Assignments.Where(a => a.Events.Count > 0);

    private static string[] Ids(IEnumerable<AssignmentChanges> assignments) =>
        assignments.Select(a => a.AssignmentId.Value).ToArray();

    private static long[] Versions(IEnumerable<AssignmentChanges> assignments) =>
        assignments.Select(a => a.Snapshot.Version).ToArray();

    private void Add(string sql, int? rows, CommitOutcome otherwise, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
            command.Parameters.Add(Parameters.Of(value));
        _statements.Add(new Statement(command, rows, otherwise));
    }

    // Rows: how many it must touch; null when any number is right.
    private sealed record Statement(NpgsqlBatchCommand Command, int? Rows, CommitOutcome Otherwise);
}
