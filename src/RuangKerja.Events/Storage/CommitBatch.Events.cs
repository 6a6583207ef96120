using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

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

    private void AppendEvents()
    {
        var events = Changed()
            .SelectMany(a => a.Events.Select((e, i) => new Appended(a, e, a.Before + i + 1)))
            .ToList();
        if (events.Count == 0)
            return;

        // Directly before: the shorter it stands, the less readers wait for.
        Add(_sql.AnnounceAppend, rows: null, CommitOutcome.Committed);
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
            Parameters.Text(_commit.Held),
            events.Select(e => StoredWords.Of(e.Event.Kind)).ToArray(),
            events.Select(e => StoredWords.Of(e.Event.Status)).ToArray(),
            events.Select(e => e.Event.Baseline).ToArray(),
            events.Select(e => e.Event.OccurredAt.UtcDateTime).ToArray()
        );
        if (published.Length > 0 && _commit.Held is null)
            Add(_sql.NotifyOutbox, rows: null, CommitOutcome.Committed, _commit.Company.TenantId);
    }

    private sealed record Appended(AssignmentChanges Assignment, CourseStatusChanged Event, long Version)
    {
        public Guid Id { get; } = Guid.CreateVersion7(Event.DetectedAt);
    }
}
