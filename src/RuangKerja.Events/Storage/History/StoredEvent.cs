using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>One event as it is stored.</summary>
/// <param name="Sequence">The store's own, increasing with gaps.</param>
/// <param name="Version">1, 2, 3 … in its assignment.</param>
/// <param name="RecordedAt">When its transaction began that stored it.</param>
/// <param name="Change">Null when it cannot be read.</param>
/// <param name="Unreadable">Why it cannot.</param>
public sealed record StoredEvent(
    long Sequence,
    Guid EventId,
    Company Company,
    AssignmentId AssignmentId,
    long Version,
    DateTimeOffset RecordedAt,
    CourseStatusChanged? Change,
    string? Unreadable = null
);

/// <summary>How many events a filter means, and which are the outermost.</summary>
/// <param name="Count">Exact.</param>
/// <param name="First">The one of the lowest sequence; null when there is none.</param>
/// <param name="Last">The one of the highest sequence; null when there is none.</param>
/// <param name="DataBytes">The size of their stored JSON, in bytes: measured up to some thousand events, estimated from there.</param>
public sealed record EventSummary(long Count, EventMark? First, EventMark? Last, long DataBytes);

/// <summary>Where an event stands.</summary>
/// <param name="RecordedAt">When it was stored.</param>
public sealed record EventMark(long Sequence, DateTimeOffset RecordedAt);
