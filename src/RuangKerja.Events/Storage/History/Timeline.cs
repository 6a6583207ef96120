using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>Which of an event's times counts.</summary>
public enum TimeBasis
{
    /// <summary>When we stored it: what was known then.</summary>
    Recorded,

    /// <summary>When it happened, as well as is known: what was true then, as far as is known now.</summary>
    Occurred,
}

/// <summary>All events of one assignment, by version. Pure.</summary>
public sealed class Timeline(IReadOnlyList<StoredEvent> events)
{
    /// <summary>The events, by version.</summary>
    public IReadOnlyList<StoredEvent> Events { get; } = events;

    /// <summary>
    /// The last event that stood at the instant: what it says is the assignment's state then. Null when there was none yet.
    /// </summary>
    /// <param name="instant">What is of this very instant stands already.</param>
    public StoredEvent? AsOf(DateTimeOffset instant, TimeBasis basis) =>
        Events.LastOrDefault(stored => stored.Change is { } change && InstantOf(stored, change, basis) <= instant);

    /// <summary>
    /// The versions that cannot be read and may stand at the instant instead of what <see cref="AsOf"/> finds, or before
    /// anything that can. When such an event was stored is known; when it happened is not.
    /// </summary>
    /// <param name="instant">As for <see cref="AsOf"/>.</param>
    public IReadOnlyList<long> UnreadableAsOf(DateTimeOffset instant, TimeBasis basis)
    {
        var standing = AsOf(instant, basis)?.Version ?? 0;
        return
        [
            .. Events
                .Where(stored => stored.Change is null && stored.Version > standing)
                .Where(stored => basis == TimeBasis.Occurred || stored.RecordedAt <= instant)
                .Select(stored => stored.Version),
        ];
    }

    private static DateTimeOffset InstantOf(StoredEvent stored, CourseStatusChanged change, TimeBasis basis) =>
        basis == TimeBasis.Recorded ? stored.RecordedAt : change.OccurredAt;
}
