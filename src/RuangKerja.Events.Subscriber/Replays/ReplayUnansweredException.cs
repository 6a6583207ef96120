namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>Nobody has said what becomes of a replay that was asked for.</summary>
public sealed class ReplayUnansweredException(string queue, Guid requestId, TimeSpan waited, Exception inner)
    : Exception(
        $"The replay {requestId} to the queue '{queue}' was asked for, and nobody has answered within {waited}. Is the "
            + "service running, and may this one write to its queue? Asked again with the same id it is the same replay, should "
            + "the service have begun it.",
        inner
    )
{
    /// <summary>The id of the request, to ask again with.</summary>
    public Guid RequestId { get; } = requestId;
}
