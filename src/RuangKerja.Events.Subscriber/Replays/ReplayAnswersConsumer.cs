using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>
/// Tells what the service has answered to who waits for it, as often as it takes; an answer comes behind all that was
/// handed out before it.
/// </summary>
internal sealed class ReplayAnswersConsumer<TConsumer>(Subscription<TConsumer> subscription, IServiceProvider provider)
    : IConsumer<ReplayStarted>,
        IConsumer<ReplayFinished>,
        IConsumer<ReplayRejected>
    where TConsumer : class, IConsumer
{
    public Task Consume(ConsumeContext<ReplayStarted> context) =>
        TellAsync(context, listener => listener.StartedAsync(context.Message, context.CancellationToken));

    public Task Consume(ConsumeContext<ReplayFinished> context) =>
        TellAsync(context, listener => listener.FinishedAsync(context.Message, context.CancellationToken));

    public Task Consume(ConsumeContext<ReplayRejected> context) =>
        TellAsync(context, listener => listener.RejectedAsync(context.Message, context.CancellationToken));

    private async Task TellAsync(ConsumeContext context, Func<IReplayAnswers, Task> tell)
    {
        // What is behind it waits until it is noted: a replay's messages are judged by what is known of the replay.
        if (context.ReceiveContext.TryGetPayload<DeliveryTurn>(out var turn))
            await turn.ComeAsync(context.CancellationToken);

        foreach (var listener in provider.GetKeyedServices<IReplayAnswers>(subscription.Settings.Queue))
            await subscription.Patience.UntilDoneAsync(() => tell(listener), context.CancellationToken);
    }
}
