using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Replay;

/// <summary>
/// One connection with one channel, over which one replay sends: messages in order, many without waiting for each one's
/// confirm. At the first trouble it is over, and another one goes on behind what was confirmed without a gap.
/// </summary>
internal sealed class ReplayChannel : IAsyncDisposable
{
    private const string Name = "ruangkerja-events replay";

    // Enough to keep a connection busy; and little enough for news to wait behind them at the broker.
    private const int MostUnconfirmed = 256;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly BrokerSockets _sockets;
    private readonly string _queue;
    private readonly ReplayTally _tally;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly UnconfirmedMessages _unconfirmed;
    private readonly SemaphoreSlim _room = new(MostUnconfirmed);
    private ulong _lastTag;
    private Exception? _fault;
    private volatile bool _isBlocked;

    private ReplayChannel(
        IConnection connection,
        IChannel channel,
        BrokerSockets sockets,
        string queue,
        ReplayTally tally,
        TimeSpan patience,
        TimeProvider time
    )
    {
        (_connection, _channel, _sockets) = (connection, channel, sockets);
        (_queue, _tally, _patience, _time) = (queue, tally, patience, time);
        _unconfirmed = new UnconfirmedMessages(tally);
        channel.BasicAcksAsync += (_, ack) => Run(() => Take(ack));
        channel.BasicNacksAsync += (_, _) => Run(() => Break(ReplayTrouble.Refused(queue)));
        channel.BasicReturnAsync += (_, _) => Run(() => Break(ReplayTrouble.Returned(queue)));
        channel.ChannelShutdownAsync += (_, reason) => Run(() => Break(ReplayTrouble.Ended(queue, reason)));
        connection.ConnectionBlockedAsync += (_, blocked) => Run(() => Block(blocked.Reason));
        connection.ConnectionUnblockedAsync += (_, _) => Run(() => _isBlocked = false);
    }

    /// <summary>Connects.</summary>
    /// <exception cref="BrokerException">It could not.</exception>
    public static async Task<ReplayChannel> OpenAsync(
        RelayOptions options,
        BrokerCredentials credentials,
        string queue,
        ReplayTally tally,
        TimeProvider time,
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
            var factory = BrokerClient.Factory(options, credentials, Name, sockets);
            var connection = await factory.CreateConnectionAsync(linked.Token).WaitAsync(linked.Token);
            // The client's own tracking of confirms would add a header to each message.
            var confirms = new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: false
            );
            var channel = await connection.CreateChannelAsync(confirms, linked.Token).WaitAsync(linked.Token);
            return new ReplayChannel(connection, channel, sockets, queue, tally, options.PublishTimeout, time);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            sockets.Close();
            throw ReplayTrouble.NotOpened(queue, error);
        }
    }

    /// <summary>Sends one, once there is room for it. Not thread-safe.</summary>
    /// <exception cref="BrokerException">The channel is over.</exception>
    /// <exception cref="ReplayHaltException">It is over, and a person is needed.</exception>
    public async Task SendAsync(ReplayMessage message, long sequence, CancellationToken cancellationToken)
    {
        await EnterAsync(cancellationToken);
        _unconfirmed.Add(++_lastTag, sequence);
        try
        {
            await _channel.BasicPublishAsync(
                exchange: "",
                routingKey: _queue,
                mandatory: true,
                message.Properties,
                message.Body,
                cancellationToken
            );
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw _fault ?? BrokerFailures.Describe($"Replaying to queue '{_queue}'", error);
        }
    }

    /// <summary>The event of this sequence has no message, and is passed over.</summary>
    public void Pass(long sequence) => _unconfirmed.Pass(sequence);

    /// <summary>Returns when all that was sent is confirmed.</summary>
    /// <inheritdoc cref="SendAsync" />
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (var left = MostUnconfirmed; left > 0; left--)
            await EnterAsync(cancellationToken);
        _room.Release(MostUnconfirmed);
    }

    /// <summary>Ends it: politely when all is confirmed. Else at once: what is not sent yet must not come behind what another sends.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_fault is not null || _room.CurrentCount < MostUnconfirmed)
            _sockets.Close();
        await _connection
            .DisposeAsync()
            .AsTask()
            .WaitAsync(CloseTimeout, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sockets.Close();
        _room.Dispose();
    }

    private async Task EnterAsync(CancellationToken cancellationToken)
    {
        // A broker that has said that it takes nothing will say when it does; the heartbeat tells whether it lives.
        while (!await _room.WaitAsync(_patience, cancellationToken) && !_isBlocked)
            Break(ReplayTrouble.Silent(_queue, _patience));
        if (_fault is { } fault)
            throw fault;
    }

    /// <summary>Behind a message that came back nothing counts: its own confirm follows it.</summary>
    private void Take(BasicAckEventArgs ack)
    {
        if (_fault is ReplayHaltException)
            return;

        var settled = _unconfirmed.Confirm(ack.DeliveryTag, ack.Multiple);
        if (settled > 0)
            _room.Release(settled);
    }

    private void Block(string reason)
    {
        _isBlocked = true;
        _tally.Wait(ReplayTrouble.Blocked(reason));
    }

    /// <summary>The first trouble is the one to tell; whoever waits for room hears of it.</summary>
    private void Break(Exception fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, null) is null)
            _room.Release(MostUnconfirmed);
    }

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
