using Npgsql;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>
/// One commit as a batch of set-based statements: one round trip, however many rows. Each statement knows how many rows
/// it must touch; any other number means that another writer was first. For an engine that writes Marten's tables otherwise
/// it is cut in two: what must come before, and what is written beside them.
/// </summary>
internal sealed partial class CommitBatch
{
    private readonly SqlText _sql;
    private readonly ChunkCommit _commit;
    private readonly Guid _batchId;
    private readonly IReadOnlyList<AppendedEvent> _events;
    private readonly List<Statement> _statements = [];

    private CommitBatch(SqlText sql, ChunkCommit commit, Guid batchId, IReadOnlyList<AppendedEvent> events)
    {
        _sql = sql;
        _commit = commit;
        _batchId = batchId;
        _events = events;
    }

    /// <summary>The statements of a commit, in the order in which they must run.</summary>
    public static CommitBatch Create(SqlText sql, ChunkCommit commit, Guid batchId)
    {
        var batch = new CommitBatch(sql, commit, batchId, AppendedEvent.Of(commit));
        batch.NoteBatch();
        batch.MoveProgress();
        batch.ClaimKeys();
        batch.MoveStreams();
        batch.AnnounceAppend();
        batch.AppendEvents();
        batch.StoreSnapshots();
        batch.IndexAssignments();
        batch.QuarantineRows();
        batch.ResolveRows();
        return batch;
    }

    /// <summary>
    /// What must run first in the transaction of an engine that writes streams, events and snapshots by other means, before it
    /// takes a sequence: the batch is noted, every conflict found, the streams locked, the append announced.
    /// </summary>
    public static CommitBatch Begin(SqlText sql, ChunkCommit commit, Guid batchId, IReadOnlyList<AppendedEvent> events)
    {
        var batch = new CommitBatch(sql, commit, batchId, events);
        batch.NoteBatch();
        batch.MoveProgress();
        batch.ClaimKeys();
        batch.LockStreams();
        batch.CompareSnapshots();
        batch.AnnounceAppend();
        return batch;
    }

    /// <summary>
    /// What such an engine writes beside them in the same transaction, after the events: the rows of our own tables. None of
    /// it can find that another writer was first.
    /// </summary>
    public static IReadOnlyList<Statement> Beside(
        SqlText sql,
        ChunkCommit commit,
        Guid batchId,
        IReadOnlyList<AppendedEvent> events
    )
    {
        var batch = new CommitBatch(sql, commit, batchId, events);
        batch.IndexAppended();
        batch.IndexAssignments();
        batch.QuarantineRows();
        batch.ResolveRows();
        return batch._statements;
    }

    /// <summary>Runs the statements in the open transaction; anything but Committed must be rolled back.</summary>
    public async Task<CommitOutcome> ExecuteAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var batch = new NpgsqlBatch(connection);
        var commands = _statements.ConvertAll(s => (Statement: s, Command: batch.Add(s.Sql, s.Values)));
        await batch.ExecuteNonQueryAsync(cancellationToken);

        foreach (var (statement, command) in commands)
            if (statement.Rows is { } rows && command.Rows != (ulong)rows)
                return statement.Otherwise;
        return CommitOutcome.Committed;
    }

    private void NoteBatch() =>
        Add(_sql.NoteBatch, rows: 1, CommitOutcome.AssignmentMoved, _batchId, DatabaseSchema.CurrentVersion);

    private IEnumerable<AssignmentChanges> Changed() => _commit.Changes.Assignments.Where(a => a.Events.Count > 0);

    private static string[] Ids(IEnumerable<AssignmentChanges> assignments) =>
        assignments.Select(a => a.AssignmentId.Value).ToArray();

    private static long[] Versions(IEnumerable<AssignmentChanges> assignments) =>
        assignments.Select(a => a.Snapshot.Version).ToArray();

    private void Add(string sql, int? rows, CommitOutcome otherwise, params object[] values) =>
        _statements.Add(new Statement(sql, values, rows, otherwise));

    /// <summary>One statement.</summary>
    /// <param name="Values">Its parameters, <c>$1</c> first.</param>
    /// <param name="Rows">How many rows it must touch; null when any number is right.</param>
    /// <param name="Otherwise">What another number means.</param>
    internal sealed record Statement(string Sql, object[] Values, int? Rows, CommitOutcome Otherwise);
}
