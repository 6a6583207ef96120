using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>What one observation came to.</summary>
public enum DetectionOutcome
{
    /// <summary>It said what was known: nothing to write.</summary>
    Unchanged,

    /// <summary>It was older than what is known: dropped and counted.</summary>
    Stale,

    /// <summary>The status stands; the snapshot learned something: no event.</summary>
    Refreshed,

    /// <summary>The status changed: an event and a snapshot.</summary>
    Changed,
}

/// <summary>What to write for one observation.</summary>
/// <param name="Outcome">Which of the others are set.</param>
/// <param name="Snapshot">The new snapshot, when changed or refreshed.</param>
/// <param name="Event">The event, when changed.</param>
public readonly record struct DetectionResult(
    DetectionOutcome Outcome,
    CourseStatusSnapshot? Snapshot = null,
    CourseStatusChanged? Event = null
);
