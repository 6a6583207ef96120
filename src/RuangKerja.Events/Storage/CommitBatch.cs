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
        batch.Add(sql.NoteBatch, rows: 1, CommitOutcome.AssignmentMoved, batchId);
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

    private void MoveProgress()
    {
        var tenant = _commit.Company.TenantId;
        switch (_commit.Progress)
        {
            case WatermarkMove move:
                Add(_sql.AdvanceWatermark, tenant, move.From, move.To, move.CaughtUp, _batchId);
                break;
            case BackfillMove { Range: var range } move:
                Add(_sql.AdvanceBackfill, tenant, range.From, range.To, move.From, move.To);
                break;
            case SweepMove move:
                Add(_sql.AdvanceSweep, tenant, move.SweepId, move.CourseSerial, 1, (long)move.Rows, move.DueAgain);
                break;
            case NoMove:
                break;
            default:
                throw new NotSupportedException($"There is no such progress as {_commit.Progress.GetType().Name}.");
        }

        void Add(string sql, params object[] parameters) =>
            this.Add(sql, rows: 1, CommitOutcome.ProgressMoved, parameters);
    }

    private void ClaimKeys()
    {
        // In one order everywhere, so that two writers wait for each other and do not block each other.
        var claims = _commit
            .Changes.Claims.Select(claim => (Digest: claim.Key.Digest(), claim.Before, claim.Added))
            .OrderBy(claim => claim.Digest)
            .ToList();
        var begun = claims.Where(claim => claim.Before == 0).ToList();
        var extended = claims.Where(claim => claim.Before > 0).ToList();
        var tenant = _commit.Company.TenantId;

        if (begun.Count > 0)
        {
            Add(
                _sql.BeginKeys,
                begun.Count,
                CommitOutcome.AssignmentMoved,
                tenant,
                begun.Select(claim => claim.Digest).ToArray(),
                begun.Select(claim => Joined(claim.Added)).ToArray()
            );
        }
        if (extended.Count > 0)
        {
            Add(
                _sql.ExtendKeys,
                extended.Count,
                CommitOutcome.AssignmentMoved,
                tenant,
                extended.Select(claim => claim.Digest).ToArray(),
                extended.Select(claim => Joined(claim.Added)).ToArray(),
                extended.Select(claim => claim.Before).ToArray()
            );
        }

        // The parts of an id are percent-encoded: none holds a space.
        static string Joined(IEnumerable<AssignmentId> ids) => string.Join(' ', ids.Select(id => id.Value));
    }

    private void MoveStreams()
    {
        var tenant = _commit.Company.TenantId;
        var started = Changed().Where(a => a.Before == 0).ToList();
        var advanced = Changed().Where(a => a.Before > 0).ToList();
        var held = _commit.Changes.Assignments.Where(a => a.Events.Count == 0).ToList();

        if (started.Count > 0)
            Add(
                _sql.StartStreams,
                started.Count,
                CommitOutcome.AssignmentMoved,
                tenant,
                Ids(started),
                Versions(started)
            );
        if (advanced.Count > 0)
        {
            Add(
                _sql.AdvanceStreams,
                advanced.Count,
                CommitOutcome.AssignmentMoved,
                tenant,
                Ids(advanced),
                advanced.Select(a => a.Before).ToArray(),
                Versions(advanced)
            );
        }
        if (held.Count > 0)
            Add(_sql.HoldStreams, held.Count, CommitOutcome.AssignmentMoved, tenant, Ids(held), Versions(held));
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
            CommitOutcome.AssignmentMoved,
            _commit.Company.TenantId,
            EventType,
            _batchId.ToString(),
            events.Select(e => e.Id).ToArray(),
            events.Select(e => e.Assignment.AssignmentId.Value).ToArray(),
            events.Select(e => e.Version).ToArray(),
            events.Select(e => JsonSerializer.Serialize(e.Event, CoursesJson.Options)).ToArray(),
            published,
            Parameters.Text(_commit.Held)
        );
        if (published.Length > 0 && _commit.Held is null)
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
            CommitOutcome.AssignmentMoved,
            _commit.Company.TenantId,
            SnapshotType,
            Ids(assignments),
            assignments.Select(a => JsonSerializer.Serialize(a.Snapshot, CoursesJson.Options)).ToArray()
        );
    }

    private void QuarantineRows()
    {
        // The same row twice in one answer is one row: an upsert cannot touch a row twice.
        var rejected = _commit.Rejected.DistinctBy(r => (r.RosterOf?.Serial, r.Raw)).ToList();
        if (rejected.Count == 0)
            return;

        Add(
            _sql.QuarantineRows,
            rows: null,
            CommitOutcome.Committed,
            _commit.Company.TenantId,
            rejected.Select(r => r.RosterOf is null ? "feed" : "roster").ToArray(),
            rejected.Select(r => r.Raw).ToArray(),
            rejected.Select(r => string.Join(ReasonSeparator, r.Reasons)).ToArray(),
            rejected.Select(r => r.RosterOf?.Serial).ToArray(),
            rejected.Select(r => r.RosterOf?.Name).ToArray()
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
            command.Parameters.Add(Parameters.Of(value));
        _statements.Add(new Statement(command, rows, otherwise));
    }

    // Rows: how many it must touch; null when any number is right.
    private sealed record Statement(NpgsqlBatchCommand Command, int? Rows, CommitOutcome Otherwise);

    private sealed record Appended(AssignmentChanges Assignment, CourseStatusChanged Event, long Version)
    {
        public Guid Id { get; } = Guid.CreateVersion7(Event.DetectedAt);
    }
}
