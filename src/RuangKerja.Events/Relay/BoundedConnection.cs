using RabbitMQ.Client;

namespace RuangKerja.Events.Relay;

/// <summary>A plain client's connection that keeps nobody waiting: neither to open nor to close it.</summary>
internal sealed class BoundedConnection
{
    // The client's own tracking of confirms would add a header to each message.
    private static readonly CreateChannelOptions Confirms = new(
        publisherConfirmationsEnabled: true,
        publisherConfirmationTrackingEnabled: false
    );

    private readonly BrokerSockets _sockets;

    private BoundedConnection(IConnection client, BrokerSockets sockets, TimeSpan patience, TimeProvider time) =>
        (Client, _sockets, Patience, Time) = (client, sockets, patience, time);

    /// <summary>How long a polite end may take.</summary>
    public static TimeSpan CloseTimeout { get; } = TimeSpan.FromSeconds(2);

    /// <summary>The client's connection.</summary>
    public IConnection Client { get; }

    /// <summary>How long an answer of the broker is waited for.</summary>
    public TimeSpan Patience { get; }

    /// <summary>By which that is measured.</summary>
    public TimeProvider Time { get; }

    /// <summary>Connects and begins; both together take no longer than <see cref="RelayOptions.PublishTimeout"/>.</summary>
    /// <param name="name">Shown among the broker's connections.</param>
    /// <param name="begin">What has to succeed before there is something to close.</param>
    /// <param name="describe">What is thrown for an error.</param>
    public static async Task<T> OpenAsync<T>(
        RelayOptions options,
        BrokerCredentials credentials,
        string name,
        TimeProvider time,
        Func<BoundedConnection, CancellationToken, Task<T>> begin,
        Func<Exception, Exception> describe,
        CancellationToken cancellationToken
    )
    {
        var sockets = new BrokerSockets();
        using var bounded = new CancellationTokenSource(options.PublishTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            // A client whose broker does not answer leaves its socket open when it is told to give up.
            await using var givenUp = linked.Token.Register(sockets.Close);
            var factory = BrokerClient.Factory(options, credentials, name, sockets);
            var client = await factory.CreateConnectionAsync(linked.Token).WaitAsync(linked.Token);
            var connection = new BoundedConnection(client, sockets, options.PublishTimeout, time);
            return await begin(connection, linked.Token).WaitAsync(linked.Token);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            sockets.Close();
            throw describe(error);
        }
    }

    /// <summary>A channel on which the broker confirms what is published, and which counts nothing itself.</summary>
    public Task<IChannel> OpenChannelAsync(CancellationToken cancellationToken) =>
        Client.CreateChannelAsync(Confirms, cancellationToken);

    /// <summary>Ends it at once: what is not sent yet never is.</summary>
    public void Cut() => _sockets.Close();

    /// <summary>Closes it: at once, or politely when the broker answers in time.</summary>
    public Task CloseAsync(bool politely) => _sockets.CloseAsync(Client, politely ? CloseTimeout : TimeSpan.Zero, Time);
}
