using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage.History;

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

    // Rung when what the sender waits for may be there; not disposed of, for the client may ring late.
    private readonly SemaphoreSlim _change = new(0);
    private ulong _lastTag;
    private Exception? _fault;
    private volatile bool _cameBack;
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
        _unconfirmed = new UnconfirmedMessages(tally, MostUnconfirmed);
        channel.BasicAcksAsync += (_, ack) => Run(() => Take(ack));
        channel.BasicNacksAsync += (_, _) => Run(() => Break(ReplayTrouble.Refused(queue)));
        channel.BasicReturnAsync += (_, _) => Run(Return);
        channel.ChannelShutdownAsync += (_, reason) => Run(() => Break(ReplayTrouble.Ended(queue, reason)));
        connection.ConnectionBlockedAsync += (_, blocked) => Run(() => Block(blocked.Reason));
        connection.ConnectionUnblockedAsync += (_, _) => Run(Unblock);
    }

    /// <summary>Whether the broker has said that it takes nothing now.</summary>
    public bool IsBlocked => _isBlocked;

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

    /// <summary>Sends the message of an event, once there is room and the one before it of its assignment is confirmed. Not thread-safe.</summary>
    /// <exception cref="BrokerException">The channel is over.</exception>
    /// <exception cref="ReplayHaltException">It is over, and a person is needed.</exception>
    public async Task SendAsync(ReplayMessage message, StoredEvent stored, CancellationToken cancellationToken)
    {
        if (_fault is { } before)
            throw before;
        while (!_unconfirmed.TryAdd(_lastTag + 1, stored))
            await ChangeAsync(cancellationToken);
        _lastTag++;
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
        while (!_unconfirmed.IsEmpty)
            await ChangeAsync(cancellationToken);
    }

    /// <summary>Ends it: politely when all is confirmed. Else at once: what is not sent yet must not come behind what another sends.</summary>
    public async ValueTask DisposeAsync()
    {
        var isPolite = _fault is null && _unconfirmed.IsEmpty;
        if (!isPolite)
            _sockets.Close();
        await _connection
            .DisposeAsync()
            .AsTask()
            .WaitAsync(isPolite ? CloseTimeout : TimeSpan.Zero, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sockets.Close();
    }

    /// <summary>Waits for the next answer of the broker; a broker that gives none for too long is given up.</summary>
    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        // A broker that has said that it takes nothing will say when it does; the heartbeat tells whether it lives.
        while (_fault is null && !await _change.WaitAsync(_patience, cancellationToken))
        {
            if (!_isBlocked)
                Break(ReplayTrouble.Silent(_queue, _patience));
        }

        if (_fault is { } fault)
            throw fault;
    }

    /// <summary>Behind a message that came back nothing counts: its own confirm follows it.</summary>
    private void Take(BasicAckEventArgs ack)
    {
        if (_cameBack)
            return;

        _unconfirmed.Confirm(ack.DeliveryTag, ack.Multiple);
        Ring();
    }

    private void Return()
    {
        _cameBack = true;
        Break(ReplayTrouble.Returned(_queue));
    }

    private void Block(string reason)
    {
        _isBlocked = true;
        _tally.Wait(ReplayTrouble.Blocked(reason));
    }

    /// <summary>Patience begins anew.</summary>
    private void Unblock()
    {
        _isBlocked = false;
        Ring();
    }

    /// <summary>
    /// The first trouble is the one to tell; whoever waits hears of it. What is not sent yet never is: it would come before
    /// what the next channel has to send again.
    /// </summary>
    private void Break(Exception fault)
    {
        if (Interlocked.CompareExchange(ref _fault, fault, null) is not null)
            return;

        _sockets.Close();
        Ring();
    }

    private void Ring()
    {
        if (_change.CurrentCount == 0)
            _change.Release();
    }

    private static Task Run(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
