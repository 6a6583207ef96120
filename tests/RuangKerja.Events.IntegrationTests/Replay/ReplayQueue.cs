using System.Collections.Concurrent;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.IntegrationTests.Relay;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>A subscriber's own queue, of any client: durable, and what came into it.</summary>
internal sealed class ReplayQueue : IAsyncDisposable
{
    private readonly Uri _broker;
    private readonly ConcurrentQueue<AmqpMessage> _received = new();
    private IConnection _connection = null!;
    private IChannel _channel = null!;

    private ReplayQueue(Uri broker, string name) => (_broker, Name) = (broker, name);

    public string Name { get; }

    /// <summary>In the order in which they came, over all times that the queue was there.</summary>
    public IReadOnlyList<AmqpMessage> Received => [.. _received];

    /// <summary>Those that came for the first time, by their event.</summary>
    public IReadOnlyList<string> EventIds => [.. Received.Select(message => $"{message.Change.EventId}").Distinct()];

    public static async Task<ReplayQueue> DeclareAsync(Uri broker, string name, bool consumed = true, int? room = null)
    {
        var queue = new ReplayQueue(broker, name);
        await queue.ConnectAsync();
        var limits = room is null
            ? null
            : new Dictionary<string, object?> { ["x-max-length"] = room, ["x-overflow"] = "reject-publish" };
        await queue._channel.QueueDeclareAsync(name, true, exclusive: false, autoDelete: false, limits);
        if (consumed)
            await queue.ConsumeAsync();
        return queue;
    }

    public async Task ConnectAsync()
    {
        _connection = await new ConnectionFactory { Uri = _broker }.CreateConnectionAsync();
        _channel = await _connection.CreateChannelAsync();
    }

    public async Task ConsumeAsync()
    {
        var consumer = new AsyncEventingBasicConsumer(_channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _received.Enqueue(AmqpMessage.Of(delivery));
            return Task.CompletedTask;
        };
        await _channel.BasicConsumeAsync(Name, autoAck: true, consumer);
    }

    /// <summary>Gets what is published to an exchange, too.</summary>
    public Task BindAsync(string exchange) => _channel.QueueBindAsync(Name, exchange, "");

    public Task<uint> DeleteAsync() => _channel.QueueDeleteAsync(Name);

    public Task DeclareAgainAsync() => _channel.QueueDeclareAsync(Name, true, exclusive: false, autoDelete: false);

    public Task WaitForAsync(int count) =>
        Wait.Until(() => _received.Count >= count, ReplayBench.Patience, $"{count} messages in {Name}");

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
