using MassTransit;
using MassTransit.RabbitMqTransport.Configuration;
using MassTransit.RabbitMqTransport.Topology;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>
/// The queues that MassTransit declares beside a subscriber's, for what fails and for what nobody consumes. It would give them all
/// arguments of the main queue: who looked into them a few times would see messages vanish to the dead-letter queue.
/// </summary>
internal static class SideQueues
{
    /// <summary>
    /// A limit of deliveries that nobody reaches: RabbitMQ 4 gives a quorum queue without one a limit of 20, and drops what is
    /// beyond it; RabbitMQ 3 takes no negative one.
    /// </summary>
    public const int NoLimit = int.MaxValue;

    private static readonly string[] OfTheMainQueueAlone =
    [
        QueueArguments.DeadLetterExchange,
        QueueArguments.DeadLetterStrategy,
        QueueArguments.Overflow,
        QueueArguments.SingleActiveConsumer,
    ];

    /// <summary>Leaves them plain quorum queues, whose messages may be looked at as often as one likes. What the bus says of its other endpoints' stays as it is.</summary>
    public static void KeepPlain(IRabbitMqReceiveEndpointConfigurator endpoint, string queue)
    {
        var topology = (RabbitMqSendTopology)((IRabbitMqEndpointConfiguration)endpoint).Topology.Send;
        var error = topology.ErrorQueueNameFormatter.FormatErrorQueueName(queue);
        var skipped = topology.DeadLetterQueueNameFormatter.FormatDeadLetterQueueName(queue);
        topology.ConfigureErrorSettings = Plain(topology.ConfigureErrorSettings, error);
        topology.ConfigureDeadLetterSettings = Plain(topology.ConfigureDeadLetterSettings, skipped);
    }

    private static Action<IRabbitMqQueueBindingConfigurator> Plain(
        Action<IRabbitMqQueueBindingConfigurator>? before,
        string queue
    ) =>
        settings =>
        {
            before?.Invoke(settings);
            if (settings is not QueueBindingConfigurator named || named.QueueName != queue)
                return;
            foreach (var argument in OfTheMainQueueAlone)
                settings.SetQueueArgument(argument, null);
            settings.SetQueueArgument(QueueArguments.DeliveryLimit, NoLimit);
        };
}
