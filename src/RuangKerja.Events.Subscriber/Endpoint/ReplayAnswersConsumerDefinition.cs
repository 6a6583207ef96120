using MassTransit;
using RuangKerja.Events.Subscriber.Handling;
using RuangKerja.Events.Subscriber.Replays;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>The answers come to the subscriber's endpoint as well.</summary>
internal sealed class ReplayAnswersConsumerDefinition<TConsumer> : ConsumerDefinition<ReplayAnswersConsumer<TConsumer>>
    where TConsumer : class, IConsumer
{
    public ReplayAnswersConsumerDefinition(Subscription<TConsumer> subscription) =>
        EndpointName = subscription.Settings.Queue;
}
