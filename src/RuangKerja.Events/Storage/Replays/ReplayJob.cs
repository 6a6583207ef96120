using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Storage.Replays;

/// <summary>How it stands with a replay.</summary>
public enum ReplayState
{
    /// <summary>No instance has taken it up yet.</summary>
    Waiting,

    /// <summary>An instance sends, or will go on sending after a crash.</summary>
    Running,

    /// <summary>An operator has paused it.</summary>
    Paused,

    /// <summary>Every event was confirmed by the broker. Final.</summary>
    Finished,

    /// <summary>An operator has cancelled it. Final.</summary>
    Cancelled,

    /// <summary>It cannot go on without a person, as when its queue is gone; it may be resumed.</summary>
    Failed,
}

/// <summary>A replay as it is kept.</summary>
public sealed record ReplayJob
{
    /// <summary>Its id: the header <c>replayId</c> of its messages.</summary>
    public required Guid Id { get; init; }

    /// <summary>How it stands.</summary>
    public required ReplayState State { get; init; }

    /// <summary>Which events; without <see cref="EventFilter.Held"/>, which only who runs it reads.</summary>
    public required EventFilter Filter { get; init; }

    /// <summary>Whether the requester has told what it has already.</summary>
    public bool MissingOnly { get; init; }

    /// <summary>The queue they go to.</summary>
    public required string Destination { get; init; }

    /// <summary>Messages a second at most; null for as many as are allowed.</summary>
    public int? Rate { get; init; }

    /// <summary>Who asked.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>By which door.</summary>
    public required ReplayDoor Door { get; init; }

    /// <summary>The requester's own id of the request.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>Where the requester wants to hear of the end.</summary>
    public Uri? ReplyTo { get; init; }

    /// <summary>When it was asked for.</summary>
    public required DateTimeOffset RequestedAt { get; init; }

    /// <summary>When it was first taken up.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it came to its end, or failed.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When it last moved.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Events above this sequence are not of it: the last that was taken when it was asked for.</summary>
    public required long Through { get; init; }

    /// <summary>Everything of it up to this sequence is sent and confirmed.</summary>
    public long Position { get; init; }

    /// <summary>How many events it means.</summary>
    public required long Total { get; init; }

    /// <summary>How many of them are sent and confirmed.</summary>
    public long Sent { get; init; }

    /// <summary>How many of them cannot be read, and were passed over.</summary>
    public long Unreadable { get; init; }

    /// <summary>Why it failed, or what it waits for; null while there is nothing to say.</summary>
    public string? Reason { get; init; }

    /// <summary>The name of the instance that runs it; null when none does.</summary>
    public string? Holder { get; init; }

    /// <summary>Whether nothing changes it any more.</summary>
    public bool IsOver => State is ReplayState.Finished or ReplayState.Cancelled;
}

/// <summary>What was done with a replay, when and by whom.</summary>
/// <param name="Action">Requested, taken, paused, resumed, cancelled, finished or failed.</param>
/// <param name="By">A person's or system's name as the door knows it; the instance, for what instances do.</param>
public sealed record ReplayAuditEntry(DateTimeOffset At, string Action, string By, string? Detail);
