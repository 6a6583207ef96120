using System.Collections.Concurrent;
using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.Replay.Requests;

namespace RuangKerja.Events.IntegrationTests.Replay.Requests;

/// <summary>A downstream service without MassTransit: a queue of its own, which it asks to have filled again.</summary>
internal sealed class AmqpSubscriber : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly ConcurrentQueue<AmqpMessage> _received = new();

    private AmqpSubscriber(IConnection connection, IChannel channel, string queue) =>
        (_connection, _channel, Queue) = (connection, channel, queue);

    /// <summary>The queue's name.</summary>
    public string Queue { get; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<AmqpMessage> Received => [.. _received];

    /// <summary>The events among them, each with the replay that sent it.</summary>
    public IReadOnlyList<(Guid EventId, string? ReplayId)> Events =>
        [.. Received.Where(IsEvent).Select(message => (message.Change.EventId, message.Header("replayId")))];

    /// <summary>Declares the queue, for as long as it is connected, and takes what comes.</summary>
    public static Task<AmqpSubscriber> StartAsync(Uri broker, string prefix = "hr") =>
        StartNamedAsync(broker, $"{prefix}-{Guid.NewGuid():N}");

    /// <summary>The same with a queue that the broker names.</summary>
    public static Task<AmqpSubscriber> StartUnnamedAsync(Uri broker) => StartNamedAsync(broker, "");

    private static async Task<AmqpSubscriber> StartNamedAsync(Uri broker, string name)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var queue = (
            await channel.QueueDeclareAsync(name, durable: false, exclusive: false, autoDelete: false)
        ).QueueName;
        var subscriber = new AmqpSubscriber(connection, channel, queue);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            subscriber._received.Enqueue(AmqpMessage.Of(delivery));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer);
        return subscriber;
    }

    /// <summary>Sends a request; the queue has it for certain when this returns.</summary>
    public async Task AskAsync(string body, string? replyTo = null, string? correlationId = null)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        var properties = new BasicProperties
        {
            DeliveryMode = DeliveryModes.Persistent,
            ReplyTo = replyTo,
            CorrelationId = correlationId,
        };
        await channel.BasicPublishAsync(
            "",
            ReplayRequestQueue.Name,
            mandatory: true,
            properties,
            Encoding.UTF8.GetBytes(body)
        );
    }

    /// <summary>The answer of a type, once it has come.</summary>
    public async Task<AmqpMessage> AnswerAsync<T>()
    {
        var urn = $"urn:message:RuangKerja.Events.Contracts:{typeof(T).Name}";
        await Wait.Until(() => Received.Any(message => IsOf(message, urn)), Patience, $"{typeof(T).Name} on {Queue}");
        return Received.Last(message => IsOf(message, urn));
    }

    public async ValueTask DisposeAsync()
    {
        await _channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static bool IsEvent(AmqpMessage message) =>
        message.Envelope.GetProperty("message").TryGetProperty("eventId", out _);

    private static bool IsOf(AmqpMessage message, string urn) =>
        message.Envelope.GetProperty("messageType").EnumerateArray().Any(type => type.GetString() == urn);
}
