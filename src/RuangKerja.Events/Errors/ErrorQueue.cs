using RabbitMQ.Client;
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
/// is taken out. All that waited behind it are treated the same, looked at or not: the queue goes round once, and the order
/// remains. Limits of 1 and more are safe that way.
/// </para>
/// <para>
/// It consumes, and does not get: of a queue with a single active consumer, which MassTransit's error queue is when the queue before
/// it is, a quorum queue allows no getting.
/// </para>
/// </remarks>
internal sealed partial class ErrorQueue : IAsyncDisposable
{
    private readonly ErrorQueueNames _names;
    private readonly ErrorQueueUse _use;
    private readonly BoundedConnection _connection;
    private readonly IChannel _channel;
    private readonly ConfirmedSender _copying;
    private readonly ConfirmedSender? _moving;
    private readonly List<Sent> _sent = [];
    private Handout? _handout;
    private int _takenBefore;
    private int _held;
    private int _done;
    private bool _copiesAll;
    private bool _isFinishing;
    private bool _isFinished;

    private ErrorQueue(
        ErrorQueueNames names,
        ErrorQueueUse use,
        BoundedConnection connection,
        IChannel channel,
        IChannel? moves
    )
    {
        (_names, _use, _connection, _channel) = (names, use, connection, channel);
        _copying = new ConfirmedSender(channel, use.Operation);
        // What the subscriber's queue does not take must be able to be copied.
        _moving = moves is null ? null : new ConfirmedSender(moves, use.Operation);
    }

    /// <summary>How many messages waited in it when this began: no more are taken.</summary>
    public int Waiting { get; private init; }

    /// <summary>How many others consumed from it when this began: what they have been handed out is not counted.</summary>
    public int Consumers { get; private init; }

    /// <summary>How many have been moved: the subscriber's queue has confirmed them.</summary>
    public int Moved { get; private set; }

    /// <summary>Whether so much is sent and unsettled that it is time to settle.</summary>
    public bool IsFull => _sent.Count >= ErrorQueueUse.MostSent;

    /// <summary>The next message; null when all were handed out, or nobody hands out the rest.</summary>
    /// <exception cref="BrokerException">It could not be waited for.</exception>
    public Task<ErrorDelivery?> TakeAsync(CancellationToken cancellationToken) =>
        _handout is null ? Task.FromResult<ErrorDelivery?>(null) : _handout.TakeAsync(cancellationToken);

    /// <summary>The message stays in the error queue.</summary>
    public async Task LeaveAsync(ErrorDelivery delivery)
    {
        _done++;
        _copiesAll |= delivery.CameBack || (!_isFinishing && _held >= _use.Held(Waiting));
        if (!_copiesAll)
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
                await sent.Confirmed.WaitAsync(_connection.Patience, _connection.Time);
                Moved += sent.IsMove ? 1 : 0;
                await _handout!.TakeOutAsync(sent.Delivery);
            }
            catch (Exception error)
            {
                fault ??= ErrorQueueTrouble.IsOfTheBroker(error)
                    ? ErrorQueueTrouble.Describe(_use.Operation, error)
                    : error;
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

    private sealed record Sent(ErrorDelivery Delivery, Task Confirmed, bool IsMove);
}
