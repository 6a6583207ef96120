using System.Text;
using RabbitMQ.Client;
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
        await using var channel = await _connection.CreateChannelAsync();
        try
        {
            var got = await channel.BasicGetAsync(queue, autoAck: true);
            return got is null
                ? null
                : new AmqpMessage(
                    got.Exchange,
                    got.RoutingKey,
                    new BasicProperties(got.BasicProperties),
                    Encoding.UTF8.GetString(got.Body.Span)
                );
        }
        catch (OperationInterruptedException)
        {
            // There is no such queue, or not yet.
            return null;
        }
    }
}
