using RuangKerja.Events.Courses;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Service.Http.Api.Queries;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary>A replay as it is kept.</summary>
public sealed record ReplayView
{
    /// <summary>Its id: the header <c>replayId</c> of its messages.</summary>
    public required Guid Id { get; init; }

    /// <summary>How it stands.</summary>
    public required ReplayState State { get; init; }

    /// <summary>The queue its messages go to.</summary>
    public required string Destination { get; init; }

    /// <summary>Messages a second at most; left out for as many as are allowed.</summary>
    public int? Rate { get; init; }

    /// <summary>Which events; what the requester has already is not shown.</summary>
    public required ReplayFilter Filter { get; init; }

    /// <summary>Whether the requester has told what it has already.</summary>
    public required bool MissingOnly { get; init; }

    /// <summary>Who asked.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>By which door.</summary>
    public required ReplayDoor Door { get; init; }

    /// <summary>The requester's own id of the request.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was first taken up.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it came to its end, or failed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it last moved.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Events above this sequence are not of it.</summary>
    public required long Through { get; init; }

    /// <summary>Everything of it up to this sequence is sent and confirmed.</summary>
    public required long Position { get; init; }

    /// <summary>How many events it means.</summary>
    public required long Total { get; init; }

    /// <summary>How many of them are sent and confirmed.</summary>
    public required long Sent { get; init; }

    /// <summary>How many of them cannot be read, and were passed over.</summary>
    public required long Unreadable { get; init; }

    /// <summary>Why it failed, or what it waits for.</summary>
    public string? Reason { get; init; }

    /// <summary>The instance that runs it.</summary>
    public string? Holder { get; init; }

    /// <summary>What was done with it, the earliest first; in the answer about one replay only.</summary>
    public IReadOnlyList<ReplayAuditView>? Audit { get; init; }

    internal static ReplayView Of(ReplayJob job, IReadOnlyList<ReplayAuditEntry>? audit = null) =>
        new()
        {
            Id = job.Id,
            State = job.State,
            Destination = job.Destination,
            Rate = job.Rate,
            Filter = ReplayFilter.Of(job.Filter),
            MissingOnly = job.MissingOnly,
            RequestedBy = job.RequestedBy,
            Door = job.Door,
            RequestId = job.RequestId,
            RequestedAt = job.RequestedAt,
            StartedAt = job.StartedAt,
            EndedAt = job.EndedAt,
            UpdatedAt = job.UpdatedAt,
            Through = job.Through,
            Position = job.Position,
            Total = job.Total,
            Sent = job.Sent,
            Unreadable = job.Unreadable,
            Reason = job.Reason,
            Holder = job.Holder,
            Audit = audit
                ?.Select(entry => new ReplayAuditView(entry.At, entry.Action, entry.By, entry.Detail))
                .ToList(),
        };
}

/// <summary>What was done with a replay.</summary>
/// <param name="At">When.</param>
/// <param name="Action">What: requested, taken, paused, resumed, cancelled, finished or failed.</param>
/// <param name="By">By whom: an API key's name, a person, an instance.</param>
/// <param name="Detail">What there is to add.</param>
public sealed record ReplayAuditView(DateTimeOffset At, string Action, string By, string? Detail);

/// <summary>Some replays.</summary>
public sealed record ReplayPage
{
    /// <summary>The latest first.</summary>
    public required IReadOnlyList<ReplayView> Replays { get; init; }

    /// <summary>What to give as <c>before</c> for earlier ones; left out when these are the last.</summary>
    public Guid? Next { get; init; }
}

/// <summary>Where an event stands.</summary>
/// <param name="Sequence">The store's position.</param>
/// <param name="RecordedAt">When it was stored.</param>
public sealed record EventMarkView(long Sequence, DateTimeOffset RecordedAt)
{
    internal static EventMarkView? Of(EventMark? mark) =>
        mark is null ? null : new EventMarkView(mark.Sequence, mark.RecordedAt);
}

/// <summary>What a replay would come to.</summary>
public sealed record ReplayEstimateView
{
    /// <summary>How many events it means.</summary>
    public required long Count { get; init; }

    /// <summary>The first of them.</summary>
    public EventMarkView? First { get; init; }

    /// <summary>The last of them.</summary>
    public EventMarkView? Last { get; init; }

    /// <summary>Events above this sequence are not counted.</summary>
    public required long Through { get; init; }

    /// <summary>The size of all messages' bodies, estimated.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many seconds it takes at least.</summary>
    public required double Seconds { get; init; }

    /// <summary>What would be wrong with the request, by member; left out when nothing is.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    internal static ReplayEstimateView Of(ReplayEstimate estimate) =>
        new()
        {
            Count = estimate.Events.Count,
            First = EventMarkView.Of(estimate.Events.First),
            Last = EventMarkView.Of(estimate.Events.Last),
            Through = estimate.Through,
            Bytes = estimate.Bytes,
            Seconds = Math.Round(estimate.Duration.TotalSeconds, 3),
            Errors = estimate.Faults.Count > 0 ? ErrorsOf(estimate.Faults) : null,
        };

    internal static Dictionary<string, IReadOnlyList<string>> ErrorsOf(IEnumerable<ReplayFault> faults) =>
        faults
            .GroupBy(fault => fault.Member)
            .ToDictionary(
                member => member.Key,
                member => (IReadOnlyList<string>)[.. member.Select(fault => fault.Message)]
            );
}
