using System.Text.Json;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

internal sealed partial class CommitBatch
{
    // The full type name with the assembly, as Marten writes it for events.
    private static readonly string EventType =
        $"{typeof(CourseStatusChanged).FullName}, {typeof(CourseStatusChanged).Assembly.GetName().Name}";

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

    /// <summary>For an engine that moves the streams itself: they stand where they were loaded, and do so until the commit.</summary>
    private void LockStreams()
    {
        var tenant = _commit.Company.TenantId;
        var advanced = Changed().Where(a => a.Before > 0).ToList();
        var held = _commit.Changes.Assignments.Where(a => a.Events.Count == 0).ToList();

        if (advanced.Count > 0)
        {
            Add(
                _sql.StampStreams,
                advanced.Count,
                CommitOutcome.AssignmentMoved,
                tenant,
                Ids(advanced),
                advanced.Select(a => a.Before).ToArray()
            );
        }
        if (held.Count > 0)
            Add(_sql.LockStreams, held.Count, CommitOutcome.AssignmentMoved, tenant, Ids(held), Versions(held));
    }

    // Directly before the sequences are taken: the shorter it stands, the less readers wait for.
    private void AnnounceAppend()
    {
        if (_events.Count > 0)
            Add(_sql.AnnounceAppend, rows: null, CommitOutcome.Committed);
    }

    private void AppendEvents() =>
        AddEvents(
            _sql.AppendEvents,
            EventType,
            _batchId.ToString(),
            _events.Select(e => JsonSerializer.Serialize(e.Event, CoursesJson.Options)).ToArray()
        );

    /// <summary>For an engine that has appended the events itself.</summary>
    private void IndexAppended() => AddEvents(_sql.IndexAppended);

    private void AddEvents(string sql, params object[] more)
    {
        if (_events.Count == 0)
            return;

        var published = _events.Where(e => _commit.IsPublished(e.Event)).Select(e => e.Id).ToArray();
        Add(
            sql,
            published.Length,
            CommitOutcome.AssignmentMoved,
            [
                _commit.Company.TenantId,
                published,
                Parameters.Text(_commit.Held),
                _events.Select(e => e.Id).ToArray(),
                _events.Select(e => e.Assignment.AssignmentId.Value).ToArray(),
                _events.Select(e => e.Version).ToArray(),
                _events.Select(e => StoredWords.Of(e.Event.Kind)).ToArray(),
                _events.Select(e => StoredWords.Of(e.Event.Status)).ToArray(),
                _events.Select(e => e.Event.Baseline).ToArray(),
                _events.Select(e => e.Event.OccurredAt.ToUniversalTime()).ToArray(),
                .. more,
            ]
        );
        if (published.Length > 0 && _commit.Held is null)
            Add(_sql.NotifyOutbox, rows: null, CommitOutcome.Committed, _commit.Company.TenantId);
    }
}
