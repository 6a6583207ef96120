using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>What is wrong with a request.</summary>
/// <param name="Member">Which of its members, in camelCase: destination, rate, filter.recordedFrom …</param>
/// <param name="Message">What was found and what is allowed, as a sentence.</param>
public sealed record ReplayFault(string Member, string Message);

/// <summary>The answer to a request: a replay, or all that is wrong with it.</summary>
public abstract record ReplayAnswer
{
    private ReplayAnswer() { }

    /// <summary>It is kept, and is run.</summary>
    /// <param name="IsNew">False when the same request was kept before: it is that one.</param>
    public sealed record Accepted(ReplayJob Job, bool IsNew = true) : ReplayAnswer;

    /// <summary>It is not.</summary>
    /// <param name="Faults">At least one.</param>
    public sealed record Rejected(IReadOnlyList<ReplayFault> Faults) : ReplayAnswer;
}

/// <summary>What a request would come to: a dry run.</summary>
/// <param name="Through">The horizon that it is counted up to.</param>
/// <param name="Bytes">The size of all messages' bodies, estimated.</param>
/// <param name="Duration">At the rate that it would have, at least.</param>
/// <param name="Faults">What is wrong with the request; the figures are right all the same.</param>
public sealed record ReplayEstimate(
    EventSummary Events,
    long Through,
    long Bytes,
    TimeSpan Duration,
    IReadOnlyList<ReplayFault> Faults
);
