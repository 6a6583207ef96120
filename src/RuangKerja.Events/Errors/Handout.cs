using System.Threading.Channels;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;

namespace RuangKerja.Events.Errors;

/// <summary>
/// One consumer of an error queue. Nothing beyond a given number is handed out, copies least of all: each message taken out makes
/// room for another one, so the consumer is ended before there is room for too many. Not thread-safe.
/// </summary>
internal sealed class Handout
{
    private readonly IChannel _channel;
    private readonly string _queue;
    private readonly string _operation;
    private readonly int _most;
    private readonly int _prefetch;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly Channel<ErrorDelivery> _handedOut = Channel.CreateUnbounded<ErrorDelivery>();
    private readonly TaskCompletionSource _allHandedOut = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _consumer;
    private volatile bool _isCancelled;
    private int _takenOut;

    private Handout(
        IChannel channel,
        string queue,
        string operation,
        int most,
        int prefetch,
        TimeSpan patience,
        TimeProvider time
    )
    {
        (_channel, _queue, _operation) = (channel, queue, operation);
        (_most, _prefetch, _patience, _time) = (most, prefetch, patience, time);
        channel.ChannelShutdownAsync += (_, reason) =>
        {
            _handedOut.Writer.TryComplete(ErrorQueueTrouble.Ended(operation, reason));
            return Task.CompletedTask;
        };
    }

    /// <summary>How many were taken.</summary>
    public int Taken { get; private set; }

    /// <summary>Whether nothing more is handed out.</summary>
    public bool IsEnded => _isCancelled;

    /// <summary>Has messages handed out.</summary>
    /// <param name="most">So many in all at most, 1 …</param>
    /// <param name="prefetch">So many at once at most.</param>
    public static async Task<Handout> BeginAsync(
        IChannel channel,
        string queue,
        string operation,
        int most,
        int prefetch,
        TimeSpan patience,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var handout = new Handout(channel, queue, operation, most, prefetch, patience, time);
        await handout.ConsumeAsync(cancellationToken);
        return handout;
    }

    /// <summary>The next message; null when all were handed out, or nobody hands out the rest.</summary>
    /// <exception cref="Relay.BrokerException">It could not be waited for.</exception>
    public async Task<ErrorDelivery?> TakeAsync(CancellationToken cancellationToken)
    {
        if (Taken == _most)
            return null;

        using var bounded = new CancellationTokenSource(_patience, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            var delivery = await _handedOut.Reader.ReadAsync(linked.Token);
            Taken++;
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

    /// <summary>A message is no more in the queue.</summary>
    public async Task TakeOutAsync(ErrorDelivery delivery)
    {
        if (_takenOut == _most - _prefetch)
        {
            // It is on its way, unless another one has taken it.
            await _allHandedOut.Task.WaitAsync(_patience, _time).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await EndAsync();
        }

        await _channel.BasicAckAsync(delivery.Tag, multiple: false);
        _takenOut++;
    }

    /// <summary>Nothing more is handed out; what was can still be taken.</summary>
    public async Task EndAsync()
    {
        if (_isCancelled)
            return;

        _isCancelled = true;
        await _channel.BasicCancelAsync(_consumer!);
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        await _channel.BasicQosAsync(prefetchSize: 0, (ushort)_prefetch, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        var handedOut = 0;
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _handedOut.Writer.TryWrite(ErrorDelivery.Of(delivery));
            if (++handedOut == _most)
                _allHandedOut.TrySetResult();
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) =>
        {
            _handedOut.Writer.TryComplete(WhyEnded(consumer.ShutdownReason));
            return Task.CompletedTask;
        };
        _consumer = await _channel.BasicConsumeAsync(_queue, autoAck: false, consumer, cancellationToken);
    }

    private Exception? WhyEnded(ShutdownEventArgs? shutdown)
    {
        if (shutdown is not null)
            return ErrorQueueTrouble.Ended(_operation, shutdown);
        return _isCancelled ? null : ErrorQueueTrouble.Deleted(_queue);
    }
}
