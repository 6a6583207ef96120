using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>The service does not run a replay that was asked for.</summary>
public sealed class ReplayRejectedException(string queue, Guid requestId, IReadOnlyList<ReplayRequestFault> faults)
    : Exception(
        $"The replay {requestId} to the queue '{queue}' was rejected. "
            + string.Join(' ', faults.Select(fault => $"{fault.Member}: {fault.Message}"))
    )
{
    /// <summary>The id of the request.</summary>
    public Guid RequestId { get; } = requestId;

    /// <summary>What is wrong with the request: at least one.</summary>
    public IReadOnlyList<ReplayRequestFault> Faults { get; } = faults;
}
