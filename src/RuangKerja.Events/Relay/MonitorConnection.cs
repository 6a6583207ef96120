using RabbitMQ.Client;

namespace RuangKerja.Events.Relay;

/// <summary>
/// The connection of <see cref="BrokerMonitor"/>: a plain client's, which publishes to no queue. It does not recover by
/// itself: the monitor makes another.
/// </summary>
internal sealed class MonitorConnection
{
    private const string Name = "ruangkerja-events monitor";
    private const string Nowhere = "ruangkerja-events.ping";

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly BrokerSockets _sockets;
    private volatile string? _blocked;

    private MonitorConnection(
        IConnection connection,
        IChannel channel,
        BrokerSockets sockets,
        Action<string?> onBlocked
    )
    {
        (_connection, _channel, _sockets) = (connection, channel, sockets);
        connection.ConnectionBlockedAsync += (_, blocked) => Say(blocked.Reason);
        connection.ConnectionUnblockedAsync += (_, _) => Say(null);

        Task Say(string? reason)
        {
            onBlocked(_blocked = reason);
            return Task.CompletedTask;
        }
    }

    /// <summary>Whether neither side has ended it, as far as is known.</summary>
    public bool IsOpen => _connection.IsOpen && _channel.IsOpen;

    /// <summary>Why the broker takes no messages, as it said itself; null while it has not.</summary>
    public string? Blocked => _blocked;

    /// <summary>Connects, and finds out whether the broker lets us in and lets us declare.</summary>
    /// <param name="onBlocked">Called with the reason when the broker takes no messages, and with null when it does again.</param>
    public static async Task<MonitorConnection> OpenAsync(
        RelayOptions options,
        BrokerCredentials credentials,
        Action<string?> onBlocked,
        CancellationToken cancellationToken
    )
    {
        var sockets = new BrokerSockets();
        // A client whose broker does not answer leaves its socket open when it is told to give up.
        await using var givenUp = cancellationToken.Register(sockets.Close);
        IConnection? connection = null;
        try
        {
            connection = await BrokerClient
                .Factory(options, credentials, Name, sockets)
                .CreateConnectionAsync(cancellationToken);
            // Only now the broker says whether it lets us in: the connection alone is reported before it has. And what we may
            // not declare we cannot publish to.
            var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true), cancellationToken);
            await channel.ExchangeDeclareAsync(
                ExchangeNames.Topic,
                ExchangeType.Topic,
                durable: true,
                autoDelete: false,
                cancellationToken: cancellationToken
            );
            return new MonitorConnection(connection, channel, sockets, onBlocked);
        }
        catch
        {
            if (connection is not null)
                await connection.DisposeAsync();
            sockets.Close();
            throw;
        }
    }

    /// <summary>
    /// A message to no queue, confirmed: a broker that is out of memory or disk tells only those who publish, by silence.
    /// </summary>
    public Task PingAsync(CancellationToken cancellationToken) =>
        _channel
            .BasicPublishAsync("", Nowhere, ReadOnlyMemory<byte>.Empty, cancellationToken)
            .AsTask()
            .WaitAsync(cancellationToken);

    /// <summary>Ends it: politely when the broker answers in time, and in any case.</summary>
    public Task CloseAsync(TimeSpan longest, TimeProvider time) => _sockets.CloseAsync(_connection, longest, time);
}
