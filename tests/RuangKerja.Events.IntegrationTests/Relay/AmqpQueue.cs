using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.IntegrationTests.Relay;

/// <summary>One message as any AMQP client sees it.</summary>
internal sealed record AmqpMessage(string Exchange, string RoutingKey, IReadOnlyBasicProperties Properties, string Body)
{
    public static AmqpMessage Of(BasicDeliverEventArgs delivery) =>
        Of(delivery.Exchange, delivery.RoutingKey, delivery.BasicProperties, delivery.Body);

    public static AmqpMessage Of(BasicGetResult got) => Of(got.Exchange, got.RoutingKey, got.BasicProperties, got.Body);

    public JsonElement Envelope { get; } = JsonDocument.Parse(Body).RootElement;

    public CourseStatusChanged Change =>
        Envelope.GetProperty("message").Deserialize<CourseStatusChanged>(JsonSerializerOptions.Web)!;

    public string? Header(string name) =>
        Properties.Headers is { } headers && headers.TryGetValue(name, out var value)
            ? value is byte[] text
                ? Encoding.UTF8.GetString(text)
                : value?.ToString()
            : null;

    /// <summary>Copies what the client will use again.</summary>
    private static AmqpMessage Of(
        string exchange,
        string routingKey,
        IReadOnlyBasicProperties properties,
        ReadOnlyMemory<byte> body
    ) => new(exchange, routingKey, new BasicProperties(properties), Encoding.UTF8.GetString(body.Span));
}

/// <summary>A client without MassTransit: a queue of its own, bound to an exchange, and what came into it.</summary>
internal sealed class AmqpQueue : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly ConcurrentQueue<AmqpMessage> _received = new();

    private AmqpQueue(IConnection connection, IChannel channel)
    {
        _connection = connection;
        _channel = channel;
    }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<AmqpMessage> Received => [.. _received];

    /// <summary>Declares the exchange as the pipeline does, so that binding works before the first event.</summary>
    public static async Task<AmqpQueue> BindAsync(
        Uri broker,
        string exchange,
        string exchangeType = ExchangeType.Fanout,
        string routingKey = ""
    )
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        var queue = new AmqpQueue(connection, channel);

        await channel.ExchangeDeclareAsync(exchange, exchangeType, durable: true, autoDelete: false);
        var name = (await channel.QueueDeclareAsync()).QueueName;
        await channel.QueueBindAsync(name, exchange, routingKey);
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            queue._received.Enqueue(AmqpMessage.Of(delivery));
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(name, autoAck: true, consumer);
        return queue;
    }

    /// <summary>A queue that has room for so many messages, which nobody takes, and says so when it is full.</summary>
    public static async Task<AmqpQueue> BindFullAsync(Uri broker, string exchange, int room = 0)
    {
        var connection = await new ConnectionFactory { Uri = broker }.CreateConnectionAsync();
        var channel = await connection.CreateChannelAsync();
        await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true, autoDelete: false);
        var limits = new Dictionary<string, object?> { ["x-max-length"] = room, ["x-overflow"] = "reject-publish" };
        var name = (await channel.QueueDeclareAsync(arguments: limits)).QueueName;
        await channel.QueueBindAsync(name, exchange, "");
        return new AmqpQueue(connection, channel);
    }

    public Task WaitForAsync(int count) =>
        Wait.Until(() => _received.Count >= count, TimeSpan.FromSeconds(30), $"{count} messages");

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
