using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Errors;

/// <summary>
/// A look into an error queue: messages are handed out in their order, and each one is either moved to the subscriber's queue or
/// left. Whatever ends it, each message is in one of the two queues. Not thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// A message that is left is given back, which costs a quorum queue's message one of its deliveries: above the limit the broker
/// drops it, and MassTransit makes the error queue with the limit of the queue before it. The limit cannot be asked for over AMQP.
/// So a message that came back before is not given back again: a copy is put at the queue's end, confirmed, and then the message
/// is taken out. All behind it are treated the same, so that the order remains. Limits of 1 and more are safe that way.
/// </para>
/// <para>
/// It consumes, and does not get: of a queue with a single active consumer, which MassTransit's error queue is when the queue before
/// it is, a quorum queue allows no getting. Nothing beyond what waited at the beginning is handed out, copies least of all: each
/// message taken out makes room for another one, so the consumer is ended before there is room for too many.
/// </para>
/// </remarks>
internal sealed partial class ErrorQueue : IAsyncDisposable
{
    // So many are held at once to be given back; what is left beyond them is copied.
    private const int MostHeld = 2_000;

    // So many are on their way at once. The broker puts off what it is told to take out of a quorum queue when that is more than 32
    // at once, and forgets it when the channel ends.
    private const int MostSent = 16;

    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly ErrorQueueNames _names;
    private readonly IConnection _connection;
    private readonly IChannel _channel;
    private readonly BrokerSockets _sockets;
    private readonly string _operation;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly ConfirmedSender _copying;
    private readonly ConfirmedSender? _moving;
    private readonly Channel<ErrorDelivery> _handedOut = Channel.CreateUnbounded<ErrorDelivery>();
    private readonly TaskCompletionSource _allHandedOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<Sent> _sent = [];
    private string? _consumer;
    private volatile bool _isCancelled;
    private int _prefetch;
    private int _taken;
    private int _takenOut;
    private int _held;
    private bool _copiesAll;

    private ErrorQueue(
        ErrorQueueNames names,
        IConnection connection,
        IChannel channel,
        IChannel? moves,
        BrokerSockets sockets,
        string operation,
        TimeSpan patience,
        TimeProvider time
    )
    {
        (_names, _connection, _channel, _sockets) = (names, connection, channel, sockets);
        (_operation, _patience, _time) = (operation, patience, time);
        _copying = new ConfirmedSender(channel, operation);
        // What the subscriber's queue does not take must be able to be copied.
        _moving = moves is null ? null : new ConfirmedSender(moves, operation);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            _handedOut.Writer.TryComplete(ErrorQueueTrouble.Ended(operation, reason));
            return Task.CompletedTask;
        };
    }

    /// <summary>How many messages waited in it when this began: no more are taken.</summary>
    public int Waiting { get; private init; }

    /// <summary>How many have been moved: the subscriber's queue has confirmed them.</summary>
    public int Moved { get; private set; }

    /// <summary>Whether so much is sent and unsettled that it is time to settle.</summary>
    public bool IsFull => _sent.Count >= MostSent;

    /// <summary>The next message; null when all that waited were handed out, or nobody hands out the rest.</summary>
    /// <exception cref="BrokerException">It could not be waited for.</exception>
    public async Task<ErrorDelivery?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_taken == Waiting)
            return null;

        using var bounded = new CancellationTokenSource(_patience, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            var delivery = await _handedOut.Reader.ReadAsync(linked.Token);
            _taken++;
            return delivery;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Another one has taken them, or holds the queue.
            return null;
        }
        catch (ChannelClosedException closed)
        {
            return closed.InnerException is null ? null : throw closed.InnerException;
        }
    }

    /// <summary>The message stays in the error queue.</summary>
    public async Task LeaveAsync(ErrorDelivery delivery)
    {
        _copiesAll |= delivery.Returns > 0;
        if (!_copiesAll && _held < MostHeld)
        {
            _held++;
            return;
        }

        var copy = FaultHeaders.WithoutCounts(delivery.Properties);
        _sent.Add(new Sent(delivery, await _copying.SendAsync(_names.ErrorQueue, copy, delivery.Body), IsMove: false));
        if (IsFull)
            await SettleAsync();
    }

    /// <summary>Sends the message to the subscriber's queue; it is moved when that is settled.</summary>
    public async Task MoveAsync(ErrorDelivery delivery)
    {
        var sender = _moving ?? throw new InvalidOperationException("It was opened to be looked into.");
        var asPublished = FaultHeaders.WithoutFault(delivery.Properties);
        _sent.Add(new Sent(delivery, await sender.SendAsync(_names.Queue, asPublished, delivery.Body), IsMove: true));
    }

    /// <summary>Takes out of the error queue what the broker has confirmed; what it has not is left there.</summary>
    /// <exception cref="BrokerException">Something was not confirmed.</exception>
    /// <exception cref="MissingQueueException">There is no queue to move to.</exception>
    public async Task SettleAsync()
    {
        Sent[] all = [.. _sent];
        _sent.Clear();
        var notMoved = new List<ErrorDelivery>();
        Exception? fault = null;
        foreach (var sent in all)
        {
            try
            {
                await sent.Confirmed.WaitAsync(_patience, _time);
                Moved += sent.IsMove ? 1 : 0;
                await TakeOutAsync(sent.Delivery.Tag);
            }
            catch (Exception error)
            {
                fault ??= ErrorQueueTrouble.Describe(_operation, error);
                if (sent.Confirmed is { IsCompletedSuccessfully: true })
                    continue;
                if (sent.IsMove)
                    notMoved.Add(sent.Delivery);
                // What is silent is not waited for again.
                if (error is TimeoutException)
                    (sent.IsMove ? _moving! : _copying).Break(fault);
            }
        }

        foreach (var delivery in notMoved)
            await LeaveAsync(delivery);
        if (fault is not null)
            throw fault;
    }

    private async Task TakeOutAsync(ulong tag)
    {
        if (_takenOut == Waiting - _prefetch)
        {
            // It is on its way, unless another one has taken it.
            await _allHandedOut.Task.WaitAsync(_patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await CancelAsync();
        }

        await _channel.BasicAckAsync(tag, multiple: false);
        _takenOut++;
    }

    private sealed record Sent(ErrorDelivery Delivery, Task Confirmed, bool IsMove);
}
