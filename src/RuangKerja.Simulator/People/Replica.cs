namespace RuangKerja.Simulator.People;

/// <summary>
/// What one endpoint answers from: the assignments as they stood some lag ago. A change shows once its own lag is over, and
/// never after a later change of the same assignment has shown. Guarded by the lock of its population.
/// </summary>
internal abstract class Replica(int seed, LotPurpose purpose)
{
    private readonly Dictionary<int, Assignment> _rows = [];

    // Not shown yet: emptied as it comes due, so never more than what happened within one lag.
    private readonly PriorityQueue<Change, DateTimeOffset> _pending = new();

    // Removals that were shown while earlier changes are still pending, which must not bring the row back.
    private readonly HashSet<int> _removed = [];
    private readonly Dictionary<string, Course> _renamed = [];
    private TimeSpan _lag;

    /// <summary>The longest that a change from now on takes to show. At zero everything shows at once, what is pending too.</summary>
    public TimeSpan Lag
    {
        get => _lag;
        set
        {
            _lag = value;
            if (value == TimeSpan.Zero)
                CatchUp(DateTimeOffset.MaxValue);
        }
    }

    /// <summary>The assignment is new or has changed.</summary>
    public void Put(Assignment now, DateTimeOffset at) => Follow(new Change(now, IsRemoval: false), at);

    /// <summary>The assignment is gone. Its revision is the removal's.</summary>
    public void Remove(Assignment last, DateTimeOffset at) => Follow(new Change(last, IsRemoval: true), at);

    /// <summary>A course's name is looked up when a row is shown, so it lags behind nothing.</summary>
    public void Rename(Course course)
    {
        _renamed[course.Serial] = course;
        foreach (var row in _rows.Values.Where(row => row.Course.Serial == course.Serial).ToList())
            _rows[row.Number] = row with { Course = course };
    }

    /// <summary>Shows what is due.</summary>
    public void CatchUp(DateTimeOffset now)
    {
        while (_pending.TryPeek(out _, out var due) && due <= now)
            Show(_pending.Dequeue());
        if (_pending.Count == 0)
            _removed.Clear();
    }

    /// <summary>The row shown of the assignment with this number.</summary>
    protected Assignment Row(int number) => _rows[number];

    /// <summary>The row shown becomes another one; either is null where there is none.</summary>
    protected abstract void Reindex(Assignment? shown, Assignment? now);

    private void Follow(Change change, DateTimeOffset at)
    {
        if (_lag == TimeSpan.Zero)
            Show(change);
        else
            _pending.Enqueue(change, at + (_lag * Lot.Draw(seed, purpose, change.State.Revision)));
    }

    private void Show(Change change)
    {
        var now = change.State;
        var shown = _rows.GetValueOrDefault(now.Number);
        if (_removed.Contains(now.Number) || shown?.Revision > now.Revision)
            return;

        if (change.IsRemoval)
        {
            _rows.Remove(now.Number);
            _removed.Add(now.Number);
            if (shown is not null)
                Reindex(shown, now: null);
            return;
        }

        _rows[now.Number] = _renamed.TryGetValue(now.Course.Serial, out var course)
            ? now with
            {
                Course = course,
            }
            : now;
        Reindex(shown, now);
    }

    private readonly record struct Change(Assignment State, bool IsRemoval);
}
