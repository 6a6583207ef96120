using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Subscriber.Replays;

/// <summary>Tells what the service has answered to who waits for it.</summary>
internal sealed class ReplayAnswersConsumer<TConsumer>(Subscription<TConsumer> subscription, IServiceProvider provider)
    : IConsumer<ReplayStarted>,
        IConsumer<ReplayFinished>,
        IConsumer<ReplayRejected>
    where TConsumer : class, IConsumer
{
    public Task Consume(ConsumeContext<ReplayStarted> context) =>
        TellAsync(listener => listener.StartedAsync(context.Message, context.CancellationToken));

    public Task Consume(ConsumeContext<ReplayFinished> context) =>
        TellAsync(listener => listener.FinishedAsync(context.Message, context.CancellationToken));

    public Task Consume(ConsumeContext<ReplayRejected> context) =>
        TellAsync(listener => listener.RejectedAsync(context.Message, context.CancellationToken));

    private async Task TellAsync(Func<IReplayAnswers, Task> tell)
    {
        foreach (var listener in provider.GetKeyedServices<IReplayAnswers>(subscription.Settings.Queue))
            await tell(listener);
    }
}
