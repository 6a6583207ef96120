using MassTransit;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>The subscriber's endpoint.</summary>
internal sealed class CourseStatusConsumerDefinition<TConsumer> : ConsumerDefinition<CourseStatusConsumer<TConsumer>>
    where TConsumer : class, IConsumer
{
    private readonly SubscriberSettings _settings;

    public CourseStatusConsumerDefinition(Subscription<TConsumer> subscription)
    {
        _settings = subscription.Settings;
        EndpointName = _settings.Queue;
    }
}
