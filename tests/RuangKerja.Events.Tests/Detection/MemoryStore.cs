using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Tests.Detection;

/// <summary>What a store would hold after some chunks, held to what a store promises.</summary>
internal sealed class MemoryStore
{
    private readonly Dictionary<AssignmentKey, List<AssignmentId>> _keys = [];

    public Dictionary<AssignmentId, CourseStatusSnapshot> Known { get; } = [];
    public Dictionary<AssignmentId, List<CourseStatusChanged>> Events { get; } = [];

    public string Text =>
        string.Join(
            '\n',
            Known.OrderBy(k => k.Key.Value).Select(k => $"{k.Value}\n{string.Join('\n', Events[k.Key])}")
        );

    public ChangeSet Take(IEnumerable<Observation> rows) => Take(rows, Rows.Live);

    public ChangeSet Take(IEnumerable<Observation> rows, DetectionContext context)
    {
        Observation[] chunk = [.. rows];
        var changes = ChangeSet.Detect(Load(KnownAssignments.KeysOf(chunk)), chunk, context);
        foreach (var assignment in changes.Assignments)
        {
            if (!Events.TryGetValue(assignment.AssignmentId, out var events))
                Events[assignment.AssignmentId] = events = [];
            assignment.Before.ShouldBe(events.Count);
            events.AddRange(assignment.Events);
            Known[assignment.AssignmentId] = assignment.Snapshot;
        }

        foreach (var claim in changes.Claims)
        {
            if (!_keys.TryGetValue(claim.Key, out var ids))
                _keys[claim.Key] = ids = [];
            claim.Before.ShouldBe(ids.Count);
            ids.AddRange(claim.Added);
            ids.ShouldBeUnique();
        }

        return changes;
    }

    /// <summary>As the database does: what is under the keys asked for, and nothing else.</summary>
    private KnownAssignments Load(IEnumerable<AssignmentKey> keys)
    {
        var found = keys.Where(_keys.ContainsKey)
            .ToDictionary(key => key, key => (IReadOnlyList<AssignmentId>)[.. _keys[key]]);
        var snapshots = found.Values.SelectMany(ids => ids).Distinct().ToDictionary(id => id, id => Known[id]);
        return new KnownAssignments(found, snapshots);
    }
}
