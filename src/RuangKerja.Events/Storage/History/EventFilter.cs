using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>
/// Which stored events are meant. Every member narrows; what is null or empty does not. Employee and course are those of the
/// assignment as it is known now: an event that was stored before the course's serial was known is found by it too.
/// </summary>
/// <remarks>
/// Events that an operator has discarded are never meant, and events that are held for an operator not while they are, nor
/// what comes after them in their assignment: as in the outbox, it waits behind them.
/// </remarks>
public sealed record EventFilter
{
    /// <summary>The companies; empty for all that are stored.</summary>
    public IReadOnlyList<Company> Companies { get; init; } = [];

    /// <summary>Stored at this instant or later.</summary>
    public DateTimeOffset? RecordedFrom { get; init; }

    /// <summary>Stored before this instant.</summary>
    public DateTimeOffset? RecordedBefore { get; init; }

    /// <summary>Happened at this instant or later, as well as is known.</summary>
    public DateTimeOffset? OccurredFrom { get; init; }

    /// <summary>Happened before this instant.</summary>
    public DateTimeOffset? OccurredBefore { get; init; }

    /// <summary>Of this sequence or a higher one.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>Of this sequence or a lower one.</summary>
    public long? LastSequence { get; init; }

    /// <summary>The company's own id of the employee.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>The course's name, compared as everywhere: trimmed, letter case aside.</summary>
    public string? CourseName { get; init; }

    /// <summary>The course's serial.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The assignment.</summary>
    public AssignmentId? AssignmentId { get; init; }

    /// <summary>The statuses that were changed to; empty for all.</summary>
    public IReadOnlyList<CourseStatus> Statuses { get; init; } = [];

    /// <summary>The kinds of change; empty for all.</summary>
    public IReadOnlyList<ChangeKind> Kinds { get; init; } = [];

    /// <summary>Whether what was recorded as the past of a company that was being bootstrapped is meant too.</summary>
    public bool Baseline { get; init; }

    /// <summary>What whoever asks has already; null when that does not matter.</summary>
    public HeldEvents? Held { get; init; }
}
