using System.Text;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RuangKerja.Events.IntegrationTests.Relay;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>What an operator does with queues.</summary>
internal sealed class BrokerQueues : IAsyncDisposable
{
    private readonly IConnection _connection;

    private BrokerQueues(IConnection connection) => _connection = connection;

    public static async Task<BrokerQueues> ConnectAsync(Uri broker) =>
        new(await new ConnectionFactory { Uri = broker }.CreateConnectionAsync());

    /// <summary>How many messages wait; null when there is no such queue.</summary>
    public async Task<uint?> DepthAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        try
        {
            return (await channel.QueueDeclarePassiveAsync(queue)).MessageCount;
        }
        catch (OperationInterruptedException)
        {
            return null;
        }
    }

    /// <summary>Takes the next message out of a queue, once there is one.</summary>
    public async Task<AmqpMessage> TakeAsync(string queue)
    {
        AmqpMessage? taken = null;
        await Wait.Until(
            async () => (taken = await TryTakeAsync(queue)) is not null,
            TimeSpan.FromSeconds(60),
            $"a message in {queue}"
        );
        return taken!;
    }

    /// <summary>Takes the first message of a queue so many times without a word, as one that dies of it.</summary>
    public async Task TakeAndDieAsync(string queue, int times)
    {
        for (var taken = 0; taken < times; taken++)
            await (await HoldAsync(queue)).DisposeAsync();
    }

    /// <summary>Consumes from a queue, settles nothing, and returns when it has the first message.</summary>
    public async Task<IChannel> HoldAsync(string queue)
    {
        var channel = await OpenChannelAsync();
        await channel.BasicQosAsync(0, prefetchCount: 1, global: false);
        var handedOut = new TaskCompletionSource();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, _) =>
        {
            handedOut.TrySetResult();
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: false, consumer);
        await handedOut.Task.WaitAsync(TimeSpan.FromSeconds(60));
        return channel;
    }

    /// <summary>A channel for what is not said here.</summary>
    public Task<IChannel> OpenChannelAsync() => _connection.CreateChannelAsync();

    /// <summary>Declares a quorum queue; fails when it is there with another limit.</summary>
    public async Task DeclareAsync(string queue, int deliveryLimit)
    {
        await using var channel = await _connection.CreateChannelAsync();
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = deliveryLimit,
        };
        await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments);
    }

    public async Task DeleteQueueAsync(string queue)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(queue);
    }

    public async Task DeleteExchangeAsync(string exchange)
    {
        await using var channel = await _connection.CreateChannelAsync();
        await channel.ExchangeDeleteAsync(exchange);
    }

    /// <summary>Puts a message into a queue, as it was taken out of another.</summary>
    public async Task SendAsync(string queue, AmqpMessage message)
    {
        await using var channel = await _connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await channel.BasicPublishAsync(
            "",
            queue,
            mandatory: true,
            new BasicProperties(message.Properties),
            Encoding.UTF8.GetBytes(message.Body)
        );
    }

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync();

    private async Task<AmqpMessage?> TryTakeAsync(string queue)
    {
        // A quorum queue that was declared this moment cannot be read from yet: it ends the connection.
        if (await DepthAsync(queue) is null or 0)
            return null;
        await using var channel = await _connection.CreateChannelAsync();
        var got = await channel.BasicGetAsync(queue, autoAck: true);
        return got is null ? null : AmqpMessage.Of(got);
    }
}
