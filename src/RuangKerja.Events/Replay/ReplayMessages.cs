using MassTransit;
using MassTransit.Context;
using RabbitMQ.Client;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Replay;

/// <summary>One message as it goes out: every client of AMQP takes it.</summary>
/// <param name="MessageId">As in its properties.</param>
internal sealed record ReplayMessage(Guid MessageId, BasicProperties Properties, byte[] Body);

/// <summary>
/// Makes the messages of one replay: those that were published when the events were news, and by whose headers one can tell
/// that they are not.
/// </summary>
/// <param name="replayId">The replay.</param>
/// <param name="queue">Where they go.</param>
/// <param name="broker">The broker, whose place stands in MassTransit's addresses.</param>
internal sealed class ReplayMessages(Guid replayId, string queue, Uri broker)
{
    private const string ReplayIdHeader = "replayId";
    private const string ReplayedHeader = "replayed";

    private readonly Uri _destination = AddressOf(queue, broker);

    /// <summary>The message of an event that can be read.</summary>
    public ReplayMessage From(StoredEvent stored)
    {
        var pending = new PendingEvent(
            stored.Sequence,
            stored.EventId,
            stored.AssignmentId,
            stored.Version,
            stored.Change
        );
        var message = Messages.From(
            stored.Company,
            pending,
            stored.Change ?? throw new ArgumentException("The event cannot be read.", nameof(stored))
        );
        var context = new MessageSendContext<Contracts.CourseStatusChanged>(message)
        {
            MessageId = ReplayMessageId.Of(stored.EventId, replayId),
            // As MassTransit takes it from a member of this name.
            CorrelationId = stored.EventId,
            ConversationId = replayId,
            DestinationAddress = _destination,
            SupportedMessageTypes = MessageTypeCache.GetMessageTypeNames(message.GetType()),
            Serializer = RelayMessageSerializer.Instance,
        };
        CloudEventHeaders.Set(context.Headers, message);
        context.Headers.Set(ReplayIdHeader, replayId.ToString("D"));
        context.Headers.Set(ReplayedHeader, true, overwrite: true);
        return new ReplayMessage(context.MessageId.Value, PropertiesOf(context), context.Body.GetBytes());
    }

    /// <summary>As MassTransit's transport sets them.</summary>
    private static BasicProperties PropertiesOf(MessageSendContext<Contracts.CourseStatusChanged> context) =>
        new()
        {
            MessageId = $"{context.MessageId}",
            CorrelationId = $"{context.CorrelationId}",
            ContentType = $"{context.ContentType}",
            Persistent = true,
            Headers = context.Headers.GetAll().ToDictionary(header => header.Key, object? (header) => header.Value),
        };

    private static Uri AddressOf(string queue, Uri broker)
    {
        var address = BrokerAddress.Parse(broker);
        var host = address.VirtualHost == "/" ? "" : $"{Uri.EscapeDataString(address.VirtualHost)}/";
        return new Uri($"rabbitmq://{address.Host}:{address.Port}/{host}{Uri.EscapeDataString(queue)}");
    }
}
