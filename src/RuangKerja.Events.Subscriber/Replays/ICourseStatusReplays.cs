using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>
/// Asks for stored events again, for the subscriber's own queue. With several subscribers in a process it is resolved by the
/// queue's name as the service key.
/// </summary>
public interface ICourseStatusReplays
{
    /// <summary>
    /// Asks, and waits until the replay was begun. The messages come to the consumer as any others, in order; what the inbox has
    /// handled it drops, and what is older than the last version that was handled of its assignment, too: a new subscriber gets
    /// the past of an assignment only if it asks before it has had news of that one.
    /// </summary>
    /// <param name="configure">
    /// Narrows what is asked for. <see cref="RequestReplay.RequestId"/> may be set to repeat a request that went unanswered: the
    /// same id is the same replay.
    /// </param>
    /// <exception cref="ReplayRejectedException">The service does not run it; the faults say why.</exception>
    /// <exception cref="ReplayUnansweredException">Nobody has answered in time.</exception>
    Task<ReplayStarted> RequestReplayAsync(
        Func<RequestReplay, RequestReplay>? configure = null,
        CancellationToken cancellationToken = default
    );
}
