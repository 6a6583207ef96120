using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary>The state of an assignment.</summary>
public sealed record AssignmentView
{
    /// <summary>The company, by its configured name.</summary>
    public required string Company { get; init; }

    /// <summary>The id, as messages carry it.</summary>
    public required string AssignmentId { get; init; }

    /// <summary>The company's own id of the employee.</summary>
    public required string EmployeeId { get; init; }

    /// <summary>The course's name, as the upstream API gave it.</summary>
    public required string CourseName { get; init; }

    /// <summary>The course's serial, when it is known.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The serial of the upstream assignment, when it is known.</summary>
    public string? AssignedCourseSerial { get; init; }

    /// <summary>The status.</summary>
    public required CourseStatus Status { get; init; }

    /// <summary>The status before.</summary>
    public CourseStatus? PreviousStatus { get; init; }

    /// <summary>The version of the last event: how many changes there were.</summary>
    public required long Version { get; init; }

    /// <summary>1 for the first attempt; one more at each reopening.</summary>
    public required int Attempt { get; init; }

    /// <summary>When the last change happened, as well as is known.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the service saw the last change.</summary>
    public required DateTimeOffset DetectedAt { get; init; }

    /// <summary>When the course was completed, while it is and the upstream API told.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Score before the course, 0 to 100.</summary>
    public double? PreTest { get; init; }

    /// <summary>Score after the course, 0 to 100.</summary>
    public double? PostTest { get; init; }

    /// <summary>Time spent, in seconds.</summary>
    public long? TimeSpentSeconds { get; init; }

    /// <summary>Which endpoint of the upstream API showed the last change first.</summary>
    public required ObservationSource Source { get; init; }

    /// <summary>Of a past state: the versions that cannot be read and may stand instead of this one.</summary>
    public IReadOnlyList<long>? UnreadableVersions { get; init; }

    internal static AssignmentView Of(Company company, CourseStatusSnapshot snapshot) =>
        new()
        {
            Company = company.Name,
            AssignmentId = snapshot.Id,
            EmployeeId = snapshot.EmployeeId,
            CourseName = snapshot.CourseName,
            CourseSerial = snapshot.CourseSerial,
            AssignedCourseSerial = snapshot.AssignedCourseSerial,
            Status = snapshot.Status,
            PreviousStatus = snapshot.PreviousStatus,
            Version = snapshot.Version,
            Attempt = snapshot.Attempt,
            OccurredAt = snapshot.OccurredAt,
            DetectedAt = snapshot.DetectedAt,
            CompletedAt = snapshot.CompletedAt,
            PreTest = snapshot.PreTest,
            PostTest = snapshot.PostTest,
            TimeSpentSeconds = snapshot.TimeSpentSeconds,
            Source = snapshot.Source,
        };
}

/// <summary>One event of an assignment's history.</summary>
public sealed record HistoryEntry
{
    /// <summary>1, 2, 3 …</summary>
    public required long Version { get; init; }

    /// <summary>When it was stored: what was known from then on.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Whether it was recorded as the past at the company's first start, and so never published.</summary>
    public bool Baseline { get; init; }

    /// <summary>The message, as it is on the wire; left out when the stored event cannot be read.</summary>
    public Contract.CourseStatusChanged? Event { get; init; }

    /// <summary>Why it cannot be read.</summary>
    public string? Unreadable { get; init; }

    internal static HistoryEntry Of(StoredEvent stored) =>
        new()
        {
            Version = stored.Version,
            RecordedAt = stored.RecordedAt,
            Baseline = stored.Change?.Baseline ?? false,
            Event = EventEntries.Message(stored),
            Unreadable = stored.Change is null ? stored.Unreadable ?? "It cannot be read." : null,
        };
}

/// <summary>Some assignments.</summary>
public sealed record AssignmentPage
{
    /// <summary>In the order of company and id.</summary>
    public required IReadOnlyList<AssignmentView> Assignments { get; init; }

    /// <summary>What to give as <c>after</c> for the next ones; left out when these are the last.</summary>
    public string? Next { get; init; }
}

/// <summary>Everything that happened with one assignment.</summary>
public sealed record AssignmentHistory
{
    /// <summary>The company, by its configured name.</summary>
    public required string Company { get; init; }

    /// <summary>The id, as messages carry it.</summary>
    public required string AssignmentId { get; init; }

    /// <summary>By version; one that is held for an operator is among them.</summary>
    public required IReadOnlyList<HistoryEntry> Events { get; init; }
}
