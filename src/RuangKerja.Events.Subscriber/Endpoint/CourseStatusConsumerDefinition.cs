using MassTransit;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>The subscriber's endpoint: how its messages are worked on, on any transport.</summary>
internal sealed class CourseStatusConsumerDefinition<TConsumer> : ConsumerDefinition<CourseStatusConsumer<TConsumer>>
    where TConsumer : class, IConsumer
{
    private readonly Subscription<TConsumer> _subscription;

    public CourseStatusConsumerDefinition(Subscription<TConsumer> subscription)
    {
        _subscription = subscription;
        EndpointName = subscription.Settings.Queue;
    }

    /// <inheritdoc />
    protected override void ConfigureConsumer(
        IReceiveEndpointConfigurator endpointConfigurator,
        IConsumerConfigurator<CourseStatusConsumer<TConsumer>> consumerConfigurator,
        IRegistrationContext context
    )
    {
        var settings = _subscription.Settings;
        endpointConfigurator.PrefetchCount = settings.Prefetch;
        // All of them, since one that waits for its turn or its next attempt does nothing; the kit counts those that do.
        endpointConfigurator.ConcurrentMessageLimit = settings.Prefetch;
        endpointConfigurator.ConnectReceiveEndpointObserver(_subscription.Life);
        endpointConfigurator.ConfigureReceive(pipe => pipe.UseFilter(new DeliveryOrderFilter(_subscription.Time)));
        endpointConfigurator.ConfigureError(pipe => pipe.UseFilter(new ErrorQueueFilter()));
        // Nobody hears them, and they need exchanges of their own.
        endpointConfigurator.PublishFaults = false;
        if (endpointConfigurator is IRabbitMqReceiveEndpointConfigurator rabbit)
            SubscriberQueue.Declare(rabbit, settings);
    }
}
