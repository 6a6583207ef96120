namespace RuangKerja.Events.Contracts;

/// <summary>The answer to a <see cref="RequestReplay"/> that is run: it is kept, and goes on through crashes.</summary>
public sealed record ReplayStarted
{
    /// <summary>Of the request.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>The replay's own id: the header <c>replayId</c> of its messages.</summary>
    public required Guid ReplayId { get; init; }

    /// <summary>How many events it means.</summary>
    public required long Count { get; init; }

    /// <summary>Events above this <see cref="CourseStatusChanged.Sequence"/> are not of it: they are published as news.</summary>
    public required long Through { get; init; }
}

/// <summary>
/// A replay has come to an end, behind its last message. At least once; one that failed and is resumed by an operator ends again.
/// </summary>
public sealed record ReplayFinished
{
    /// <summary>The replay.</summary>
    public required Guid ReplayId { get; init; }

    /// <summary>Of the request.</summary>
    public required Guid RequestId { get; init; }

    /// <summary>How it ended, one of <see cref="ReplayOutcomes"/>.</summary>
    public required string Outcome { get; init; }

    /// <summary>How many events were sent and confirmed.</summary>
    public required long Sent { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public string? Reason { get; init; }
}

/// <summary>The answer to a <see cref="RequestReplay"/> that is not run.</summary>
public sealed record ReplayRejected
{
    /// <summary>Of the request; null when it had none that could be read.</summary>
    public Guid? RequestId { get; init; }

    /// <summary>What is wrong with it: at least one.</summary>
    public required IReadOnlyList<ReplayRequestFault> Faults { get; init; }
}

/// <summary>What is wrong with one member of a <see cref="RequestReplay"/>.</summary>
public sealed record ReplayRequestFault
{
    /// <summary>The member, as it stands in the JSON; empty when it is the message as a whole.</summary>
    public required string Member { get; init; }

    /// <summary>What was found and what is allowed, as a sentence for people.</summary>
    public required string Message { get; init; }
}

/// <summary>The words of <see cref="ReplayFinished.Outcome"/>.</summary>
public static class ReplayOutcomes
{
    /// <summary>Every event was confirmed by the broker.</summary>
    public const string Finished = "finished";

    /// <summary>An operator has cancelled it.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>It cannot go on without a person, as when its queue is gone.</summary>
    public const string Failed = "failed";
}
