using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>
/// Hears what the service answers to the subscriber's queue. One that is registered with the queue's name as its service key is
/// told of every answer that comes there, and again when it throws an <see cref="InboxException"/>.
/// </summary>
internal interface IReplayAnswers
{
    Task StartedAsync(ReplayStarted answer, CancellationToken cancellationToken);

    Task FinishedAsync(ReplayFinished answer, CancellationToken cancellationToken);

    Task RejectedAsync(ReplayRejected answer, CancellationToken cancellationToken);
}
