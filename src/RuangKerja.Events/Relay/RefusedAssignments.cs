using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Assignments whose next message the broker has refused (a queue that takes it is full, say): each waits by itself, longer
/// each time, while the others go on.
/// </summary>
internal sealed class RefusedAssignments(TimeProvider time)
{
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));

    private readonly Dictionary<AssignmentId, (int Times, DateTimeOffset Until)> _refused = [];
    private readonly Random _jitter = new();

    /// <summary>How many there are, waiting or due.</summary>
    public int Count => _refused.Count;

    /// <summary>Those that still wait.</summary>
    public IReadOnlyCollection<AssignmentId> Waiting()
    {
        var now = time.GetUtcNow();
        return [.. _refused.Where(r => r.Value.Until > now).Select(r => r.Key)];
    }

    /// <summary>Its next message was refused, perhaps again.</summary>
    public void Add(AssignmentId assignment)
    {
        var times = _refused.GetValueOrDefault(assignment).Times + 1;
        _refused[assignment] = (times, time.GetUtcNow() + Retry.Delay(times, _jitter.NextDouble()));
    }

    /// <summary>Another instance sends now: what was refused here is not known any more.</summary>
    public void Clear() => _refused.Clear();

    /// <summary>A message of it was taken.</summary>
    public void Remove(AssignmentId assignment) => _refused.Remove(assignment);
}
