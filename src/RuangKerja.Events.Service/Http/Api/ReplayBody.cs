using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Problems;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary>A replay as it is asked for.</summary>
public sealed record ReplayBody
{
    /// <summary>The queue to send to; it exists, and <c>Replay:AllowedQueues</c> allows it.</summary>
    public required string Destination { get; init; }

    /// <summary>Messages a second at most; left out for as many as <c>Replay:MaxRate</c> allows.</summary>
    public int? Rate { get; init; }

    /// <summary>An id of the requester's own: the same request twice is one replay.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>Which events; left out for all but baseline.</summary>
    public ReplayFilter Filter { get; init; } = new();

    internal ReplayRequest ToRequest(string requestedBy) =>
        new()
        {
            Destination = Destination,
            Rate = Rate,
            RequestId = RequestId,
            Filter = Filter.ToFilter(),
            RequestedBy = requestedBy,
            Door = ReplayDoor.Http,
        };
}

/// <summary>Which events; every member narrows.</summary>
public sealed record ReplayFilter
{
    /// <summary>These companies; left out for all.</summary>
    public IReadOnlyList<string>? Companies { get; init; }

    /// <summary>Stored at this instant or later.</summary>
    public DateTimeOffset? RecordedFrom { get; init; }

    /// <summary>Stored before this instant.</summary>
    public DateTimeOffset? RecordedBefore { get; init; }

    /// <summary>Happened at this instant or later.</summary>
    public DateTimeOffset? OccurredFrom { get; init; }

    /// <summary>Happened before this instant.</summary>
    public DateTimeOffset? OccurredBefore { get; init; }

    /// <summary>Of this sequence or a higher one.</summary>
    public long? FirstSequence { get; init; }

    /// <summary>Of this sequence or a lower one.</summary>
    public long? LastSequence { get; init; }

    /// <summary>Of this employee, by the company's own id.</summary>
    public string? EmployeeId { get; init; }

    /// <summary>Of the courses of this name, letter case aside.</summary>
    public string? CourseName { get; init; }

    /// <summary>Of the course of this serial.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>Of this assignment, by its id as messages carry it.</summary>
    public string? AssignmentId { get; init; }

    /// <summary>Changes to these statuses; left out for all.</summary>
    public IReadOnlyList<CourseStatus>? Statuses { get; init; }

    /// <summary>Changes of these kinds; left out for all.</summary>
    public IReadOnlyList<ChangeKind>? Kinds { get; init; }

    /// <summary>Whether the past is meant too that was recorded at a company's first start and never published.</summary>
    public bool Baseline { get; init; }

    /// <summary>What the subscriber has already, to be sent only what it lacks. Not shown again.</summary>
    public ReplayHeld? Held { get; init; }

    internal EventFilter ToFilter() =>
        new()
        {
            Companies = [.. (Companies ?? []).Select(CompanyOf)],
            RecordedFrom = RecordedFrom,
            RecordedBefore = RecordedBefore,
            OccurredFrom = OccurredFrom,
            OccurredBefore = OccurredBefore,
            FirstSequence = FirstSequence,
            LastSequence = LastSequence,
            EmployeeId = EmployeeId,
            CourseName = CourseName,
            CourseSerial = CourseSerial,
            AssignmentId = AssignmentId is null ? null : new AssignmentId(AssignmentId),
            Statuses = Statuses ?? [],
            Kinds = Kinds ?? [],
            Baseline = Baseline,
            Held = Held?.ToHeld(),
        };

    internal static ReplayFilter Of(EventFilter filter) =>
        new()
        {
            Companies = filter.Companies.Count > 0 ? [.. filter.Companies.Select(company => company.Name)] : null,
            RecordedFrom = filter.RecordedFrom,
            RecordedBefore = filter.RecordedBefore,
            OccurredFrom = filter.OccurredFrom,
            OccurredBefore = filter.OccurredBefore,
            FirstSequence = filter.FirstSequence,
            LastSequence = filter.LastSequence,
            EmployeeId = filter.EmployeeId,
            CourseName = filter.CourseName,
            CourseSerial = filter.CourseSerial,
            AssignmentId = filter.AssignmentId?.Value,
            Statuses = filter.Statuses.Count > 0 ? filter.Statuses : null,
            Kinds = filter.Kinds.Count > 0 ? filter.Kinds : null,
            Baseline = filter.Baseline,
        };

    private static Company CompanyOf(string name) =>
        Company.TryCreate(name, out var company)
            ? company
            : throw ProblemsOf.Invalid("filter.companies", $"'{name}' can be no company's name.");
}

/// <summary>What a subscriber has already: either is enough for an event to be left out.</summary>
public sealed record ReplayHeld
{
    /// <summary>By assignment id, up to which version it has everything; 100,000 at most.</summary>
    public IReadOnlyDictionary<string, long>? Versions { get; init; }

    /// <summary>The ids of events it has; 100,000 at most.</summary>
    public IReadOnlyList<Guid>? EventIds { get; init; }

    internal HeldEvents ToHeld() =>
        new()
        {
            Versions = (Versions ?? new Dictionary<string, long>()).ToDictionary(
                pair => new AssignmentId(pair.Key),
                pair => pair.Value
            ),
            EventIds = EventIds ?? [],
        };
}
