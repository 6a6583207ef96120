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

    private readonly BoundedConnection _connection;
    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly ReplayTally _tally;
    private readonly UnconfirmedMessages _unconfirmed;

    // Rung when what the sender waits for may be there; not disposed of, for the client may ring late.
    private readonly SemaphoreSlim _change = new(0);
    private ulong _lastTag;
    private Exception? _fault;
    private volatile bool _cameBack;
    private volatile bool _isBlocked;

    private ReplayChannel(BoundedConnection connection, IChannel channel, string queue, ReplayTally tally)
    {
        (_connection, _channel, _queue, _tally) = (connection, channel, queue, tally);
        _unconfirmed = new UnconfirmedMessages(tally, MostUnconfirmed);
        channel.BasicAcksAsync += (_, ack) => BrokerClient.Run(() => Take(ack));
        channel.BasicNacksAsync += (_, _) => BrokerClient.Run(() => Break(ReplayTrouble.Refused(queue)));
        channel.BasicReturnAsync += (_, _) => BrokerClient.Run(Return);
        channel.ChannelShutdownAsync += (_, reason) =>
            BrokerClient.Run(() => Break(ReplayTrouble.Ended(queue, reason)));
        connection.Client.ConnectionBlockedAsync += (_, blocked) => BrokerClient.Run(() => Block(blocked.Reason));
        connection.Client.ConnectionUnblockedAsync += (_, _) => BrokerClient.Run(Unblock);
    }

    /// <summary>Whether the broker has said that it takes nothing now.</summary>
    public bool IsBlocked => _isBlocked;

    /// <summary>Connects.</summary>
    /// <exception cref="BrokerException">It could not.</exception>
    public static Task<ReplayChannel> OpenAsync(
        RelayOptions options,
        BrokerCredentials credentials,
        string queue,
        ReplayTally tally,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        BoundedConnection.OpenAsync(
            options,
            credentials,
            Name,
            time,
            async (connection, bounded) =>
                new ReplayChannel(connection, await connection.OpenChannelAsync(bounded), queue, tally),
            error => ReplayTrouble.NotOpened(queue, error),
            cancellationToken
        );

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
    public async ValueTask DisposeAsync() =>
        await _connection.CloseAsync(politely: _fault is null && _unconfirmed.IsEmpty);

    /// <summary>Waits for the next answer of the broker; a broker that gives none for too long is given up.</summary>
    private async Task ChangeAsync(CancellationToken cancellationToken)
    {
        // A broker that has said that it takes nothing will say when it does; the heartbeat tells whether it lives.
        while (_fault is null && !await _change.WaitAsync(_connection.Patience, cancellationToken))
        {
            if (!_isBlocked)
                Break(ReplayTrouble.Silent(_queue, _connection.Patience));
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

        _connection.Cut();
        Ring();
    }

    private void Ring()
    {
        if (_change.CurrentCount == 0)
            _change.Release();
    }
}
