using MassTransit;
using MassTransit.RabbitMqTransport.Topology;
using RabbitMQ.Client;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>The exchanges the relay publishes to, declared by MassTransit itself on every new channel.</summary>
internal static class RelayTopology
{
    /// <summary>
    /// MassTransit's default exchanges, one per message type, each bound to the base type's; and the topic exchange bound
    /// behind the base type's. MassTransit has no word for such a binding, but knows it as a type that another implements:
    /// <see cref="TopicFeed"/> plays that type in the topology only, and never on the wire.
    /// </summary>
    public static void UseRelayTopology(this IRabbitMqBusFactoryConfigurator bus)
    {
        bus.Message<TopicFeed>(message => message.SetEntityName(ExchangeNames.Topic));
        bus.Publish<TopicFeed>(exchange =>
        {
            exchange.ExchangeType = ExchangeType.Topic;
            // MassTransit takes a type that is not public for a temporary one.
            exchange.Durable = true;
            exchange.AutoDelete = false;
        });

        var all =
            (RabbitMqMessagePublishTopology<Contract.CourseStatusChanged>)
                bus.PublishTopology.GetMessageTopology<Contract.CourseStatusChanged>();
        all.AddImplementedMessageConfigurator(bus.PublishTopology.GetMessageTopology<TopicFeed>(), direct: true);
    }

    /// <summary>Stands for the topic exchange; see <see cref="UseRelayTopology"/>.</summary>
    internal sealed class TopicFeed;
}
