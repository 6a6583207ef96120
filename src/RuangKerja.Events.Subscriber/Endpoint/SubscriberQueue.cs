using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>The subscriber's queues on RabbitMQ.</summary>
internal static class SubscriberQueue
{
    /// <summary>The quorum queue, what it is bound to, and where the broker puts what it has handed out too often.</summary>
    public static void Declare(IRabbitMqReceiveEndpointConfigurator endpoint, SubscriberSettings settings)
    {
        endpoint.SetQuorumQueue();
        endpoint.SingleActiveConsumer = settings.SingleActiveConsumer;
        endpoint.SetQueueArgument(QueueArguments.DeliveryLimit, settings.DeliveryLimit);
        endpoint.BindDeadLetterQueue(
            settings.DeadQueue,
            settings.DeadQueue,
            dead =>
            {
                dead.SetQueueArgument(QueueArguments.QueueType, "quorum");
                dead.SetQueueArgument(QueueArguments.DeliveryLimit, SideQueues.NoLimit);
            }
        );
        // Otherwise what is dead-lettered is lost while the dead-letter queue is not there. It cannot be had without the second one,
        // which says nothing here as the queue has no greatest length.
        endpoint.SetQueueArgument(QueueArguments.DeadLetterStrategy, "at-least-once");
        endpoint.SetQueueArgument(QueueArguments.Overflow, "reject-publish");
        SideQueues.KeepPlain(endpoint, settings.Queue);

        endpoint.ConfigureConsumeTopology = false;
        foreach (var kind in settings.FillGaps ? [typeof(CourseStatusChanged)] : settings.Kinds)
            endpoint.Bind(ExchangeOf(kind));
    }

    /// <summary>The service's exchange, whatever names the team's bus gives to its own.</summary>
    private static string ExchangeOf(Type message) => $"{message.Namespace}:{message.Name}";
}
