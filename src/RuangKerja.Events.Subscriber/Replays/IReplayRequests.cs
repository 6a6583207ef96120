using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>Sends requests whose answers come to the subscriber's queue, and to <see cref="IReplayAnswers"/>.</summary>
internal interface IReplayRequests
{
    /// <summary>Returns when the broker has it.</summary>
    /// <param name="request">Its queue is where the answers go.</param>
    /// <param name="lifetime">The service need not find it later.</param>
    Task SendAsync(RequestReplay request, TimeSpan lifetime, CancellationToken cancellationToken);
}
