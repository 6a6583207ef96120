using System.Text.Json;
using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>
/// One commit as a batch of set-based statements: one round trip, however many rows. Each statement knows how many rows
/// it must touch; any other number means that another writer was first.
/// </summary>
internal sealed class CommitBatch
{
    // Full type names, as Marten writes them: with the assembly for events, without for documents.
    private static readonly string EventType =
        $"{typeof(CourseStatusChanged).FullName}, {typeof(CourseStatusChanged).Assembly.GetName().Name}";

    private static readonly string SnapshotType = typeof(CourseStatusSnapshot).FullName!;

    // Separates the reasons of one row inside one array element; JSON text and our sentences never contain it.
    private const char ReasonSeparator = '\u001e';

    private readonly SqlText _sql;
    private readonly FeedCommit _commit;
    private readonly Guid _batchId;
    private readonly List<Statement> _statements = [];

    private CommitBatch(SqlText sql, FeedCommit commit, Guid batchId)
    {
        _sql = sql;
        _commit = commit;
        _batchId = batchId;
    }

    /// <summary>The statements of a commit, in the order in which they must run.</summary>
    public static CommitBatch Create(SqlText sql, FeedCommit commit, Guid batchId)
    {
        var batch = new CommitBatch(sql, commit, batchId);
        batch.AdvanceWatermark();
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

    private void AdvanceWatermark()
    {
        var move = _commit.Watermark;
        Add(
            _sql.AdvanceWatermark,
            rows: 1,
            CommitOutcome.WatermarkMoved,
            _commit.Company.TenantId,
            move.From.ToUniversalTime(),
            move.To.ToUniversalTime(),
            move.Bootstrapped,
            _batchId
        );
    }

    private void MoveStreams()
    {
        var tenant = _commit.Company.TenantId;
        var started = Changed().Where(a => a.Before == 0).ToList();
        var advanced = Changed().Where(a => a.Before > 0).ToList();
        var held = _commit.Changes.Assignments.Where(a => a.Events.Count == 0).ToList();

        if (started.Count > 0)
            Add(_sql.StartStreams, started.Count, CommitOutcome.StreamMoved, tenant, Ids(started), Versions(started));
        if (advanced.Count > 0)
        {
            Add(
                _sql.AdvanceStreams,
                advanced.Count,
                CommitOutcome.StreamMoved,
                tenant,
                Ids(advanced),
                advanced.Select(a => a.Before).ToArray(),
                Versions(advanced)
            );
        }
        if (held.Count > 0)
            Add(_sql.HoldStreams, held.Count, CommitOutcome.StreamMoved, tenant, Ids(held), Versions(held));
    }

    private void AppendEvents()
    {
        var events = Changed()
            .SelectMany(a => a.Events.Select((e, i) => new Appended(a, e, a.Before + i + 1)))
            .ToList();
        if (events.Count == 0)
            return;

        var published = events.Where(e => _commit.IsPublished(e.Event)).Select(e => e.Id).ToArray();
        Add(
            _sql.AppendEvents,
            published.Length,
            CommitOutcome.StreamMoved,
            _commit.Company.TenantId,
            EventType,
            _batchId.ToString(),
            events.Select(e => e.Id).ToArray(),
            events.Select(e => e.Assignment.AssignmentId.Value).ToArray(),
            events.Select(e => e.Version).ToArray(),
            events.Select(e => JsonSerializer.Serialize(e.Event, CoursesJson.Options)).ToArray(),
            published
        );
        if (published.Length > 0)
            Add(_sql.NotifyOutbox, rows: null, CommitOutcome.Committed, _commit.Company.TenantId);
    }

    private void StoreSnapshots()
    {
        var assignments = _commit.Changes.Assignments;
        if (assignments.Count == 0)
            return;

        Add(
            _sql.StoreSnapshots,
            assignments.Count,
            CommitOutcome.StreamMoved,
            _commit.Company.TenantId,
            SnapshotType,
            Ids(assignments),
            assignments.Select(a => JsonSerializer.Serialize(a.Snapshot, CoursesJson.Options)).ToArray()
        );
    }

    private void QuarantineRows()
    {
        // The same row twice in one answer is one row: an upsert cannot touch a row twice.
        var rejected = _commit.Rejected.DistinctBy(r => r.Raw, StringComparer.Ordinal).ToList();
        if (rejected.Count == 0)
            return;

        Add(
            _sql.QuarantineRows,
            rows: null,
            CommitOutcome.Committed,
            _commit.Company.TenantId,
            "feed",
            rejected.Select(r => r.Raw).ToArray(),
            rejected.Select(r => string.Join(ReasonSeparator, r.Reasons)).ToArray()
        );
    }

    private void ResolveRows()
    {
        if (_commit.Resolved.Count == 0)
            return;

        Add(
            _sql.DiscardQuarantine,
            rows: null,
            CommitOutcome.Committed,
            _commit.Company.TenantId,
            _commit.Resolved.ToArray()
        );
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
            command.Parameters.Add(new() { Value = value });
        _statements.Add(new Statement(command, rows, otherwise));
    }

    // Rows: how many it must touch; null when any number is right.
    private sealed record Statement(NpgsqlBatchCommand Command, int? Rows, CommitOutcome Otherwise);

    private sealed record Appended(AssignmentChanges Assignment, CourseStatusChanged Event, long Version)
    {
        public Guid Id { get; } = Guid.CreateVersion7(Event.DetectedAt);
    }
}
