using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>What is known while a set of rows is worked off: what was loaded, and what the rows before have added.</summary>
internal sealed class AssignmentBook(KnownAssignments loaded)
{
    private readonly Dictionary<AssignmentId, Page> _pages = [];
    private readonly Dictionary<AssignmentKey, Shelf> _shelves = [];

    /// <summary>The assignments under a key.</summary>
    public IReadOnlyList<AssignmentId> Under(AssignmentKey key) =>
        _shelves.Count > 0 && _shelves.TryGetValue(key, out var shelf)
            ? shelf.All
            : loaded.Keys.GetValueOrDefault(key) ?? [];

    /// <summary>The state of an assignment; null when there is none.</summary>
    public CourseStatusSnapshot? this[AssignmentId id] =>
        _pages.Count > 0 && _pages.TryGetValue(id, out var page)
            ? page.Snapshot
            : loaded.Snapshots.GetValueOrDefault(id);

    /// <summary>Takes in what a row came to, and sees to it that the assignment is found under what the row told.</summary>
    /// <param name="before">The assignment's version before the row; 0 when it is new.</param>
    public void Write(Observation row, long before, DetectionResult detection)
    {
        var snapshot = detection.Snapshot!;
        var id = new AssignmentId(snapshot.Id);
        if (!_pages.TryGetValue(id, out var page))
            _pages.Add(id, page = new Page(before));
        page.Snapshot = snapshot;
        if (detection.Event is { } change)
            page.Events.Add(change);

        Claim(AssignmentKey.ByName(row.EmployeeId, row.Course.NormalisedName), id);
        // Under a serial that the row does not tell it stands since a row told it; what else does was not loaded for this one.
        if (row.Course.Serial is { } serial && serial == snapshot.CourseSerial)
            Claim(AssignmentKey.BySerial(row.EmployeeId, serial), id);
    }

    /// <summary>Everything written, by assignment id.</summary>
    public IReadOnlyList<AssignmentChanges> Changes() =>
        [
            .. _pages
                .OrderBy(p => p.Key.Value, StringComparer.Ordinal)
                .Select(p => new AssignmentChanges(p.Key, p.Value.Before, p.Value.Snapshot!, p.Value.Events)),
        ];

    /// <summary>Every key under which something was added.</summary>
    public IReadOnlyList<KeyClaim> Claims() =>
        [.. _shelves.Select(s => new KeyClaim(s.Key, s.Value.Before, s.Value.All[s.Value.Before..]))];

    private void Claim(AssignmentKey key, AssignmentId id)
    {
        var known = Under(key);
        if (known.Contains(id))
            return;
        if (!_shelves.TryGetValue(key, out var shelf))
            _shelves.Add(key, shelf = new Shelf(known));
        shelf.All.Add(id);
    }

    private sealed class Page(long before)
    {
        public long Before { get; } = before;
        public CourseStatusSnapshot? Snapshot { get; set; }
        public List<CourseStatusChanged> Events { get; } = [];
    }

    private sealed class Shelf(IReadOnlyList<AssignmentId> known)
    {
        public int Before { get; } = known.Count;
        public List<AssignmentId> All { get; } = [.. known];
    }
}
