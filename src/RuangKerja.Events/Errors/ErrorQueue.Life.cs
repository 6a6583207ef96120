using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Errors;

/// <content>How it begins and ends.</content>
internal sealed partial class ErrorQueue
{
    private const string Name = "ruangkerja-events errors";

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>Connects, and has messages handed out.</summary>
    /// <param name="most">So many will be taken at most.</param>
    /// <param name="moves">Whether the subscriber's own queue is needed.</param>
    /// <param name="operation">What is being done, for errors.</param>
    /// <exception cref="BrokerException">It could not.</exception>
    /// <exception cref="MissingQueueException">A queue is missing. That there is no error queue yet is no error.</exception>
    public static async Task<ErrorQueue> OpenAsync(
        RelayOptions options,
        BrokerCredentials credentials,
        ErrorQueueNames names,
        int most,
        bool moves,
        string operation,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var sockets = new BrokerSockets();
        using var bounded = new CancellationTokenSource(options.PublishTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            await using var givenUp = linked.Token.Register(sockets.Close);
            var factory = BrokerClient.Factory(options, credentials, Name, sockets);
            var connection = await factory.CreateConnectionAsync(linked.Token).WaitAsync(linked.Token);
            var waiting = await CountAsync(connection, names, moves, linked.Token).WaitAsync(linked.Token);
            var confirms = new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: false
            );
            var channel = await connection.CreateChannelAsync(confirms, linked.Token).WaitAsync(linked.Token);
            var sending = moves
                ? await connection.CreateChannelAsync(confirms, linked.Token).WaitAsync(linked.Token)
                : null;
            var queue = new ErrorQueue(
                names,
                connection,
                channel,
                sending,
                sockets,
                operation,
                options.PublishTimeout,
                time
            )
            {
                Waiting = Math.Min(waiting, most),
                AllWaiting = waiting,
            };
            if (queue.Waiting > 0)
                await queue.ConsumeAsync(linked.Token).WaitAsync(linked.Token);
            return queue;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            sockets.Close();
            throw ErrorQueueTrouble.Describe(operation, error);
        }
    }

    /// <summary>How many waited in it in all.</summary>
    public int AllWaiting { get; private init; }

    /// <summary>
    /// Settles what is sent, and leaves what was handed out and not looked at. What cannot be settled any more goes back by the end
    /// of the connection.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        var isPolite = await TryFinishAsync();
        if (!isPolite)
            _sockets.Close();
        await _connection
            .DisposeAsync()
            .AsTask()
            .WaitAsync(isPolite ? CloseTimeout : TimeSpan.Zero, _time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _sockets.Close();
    }

    private async Task ConsumeAsync(CancellationToken cancellationToken)
    {
        // All that is to be given back is held until the end, and something must come in beside it.
        _prefetch = Math.Min(Waiting, MostHeld + MostSent);
        await _channel.BasicQosAsync(prefetchSize: 0, (ushort)_prefetch, global: false, cancellationToken);
        var consumer = new AsyncEventingBasicConsumer(_channel);
        var handedOut = 0;
        consumer.ReceivedAsync += (_, delivery) =>
        {
            _handedOut.Writer.TryWrite(ErrorDelivery.Of(delivery));
            if (++handedOut == Waiting)
                _allHandedOut.TrySetResult();
            return Task.CompletedTask;
        };
        consumer.UnregisteredAsync += (_, _) =>
        {
            _handedOut.Writer.TryComplete(WhyEnded(consumer.ShutdownReason));
            return Task.CompletedTask;
        };
        _consumer = await _channel.BasicConsumeAsync(_names.ErrorQueue, autoAck: false, consumer, cancellationToken);
    }

    private Exception? WhyEnded(ShutdownEventArgs? shutdown)
    {
        if (shutdown is not null)
            return ErrorQueueTrouble.Ended(_operation, shutdown);
        return _isCancelled ? null : ErrorQueueTrouble.Deleted(_names.ErrorQueue);
    }

    private async Task CancelAsync()
    {
        if (_consumer is null || _isCancelled)
            return;

        _isCancelled = true;
        await _channel.BasicCancelAsync(_consumer);
    }

    private async Task<bool> TryFinishAsync()
    {
        var isSettled = await IsDoneAsync(LeaveRestAsync, _patience);
        // The end of the channel gives back what is held in its order; told to take it back, RabbitMQ 3 mixes it up.
        return await IsDoneAsync(async () => await _channel.CloseAsync(), CloseTimeout)
            && await IsDoneAsync(WaitUntilBackAsync, CloseTimeout)
            && isSettled;
    }

    private async Task LeaveRestAsync()
    {
        if (_consumer is null)
            return;

        await CancelAsync();
        await foreach (var delivery in _handedOut.Reader.ReadAllAsync())
            await LeaveAsync(delivery);
        await SettleAsync();
    }

    private async Task<bool> IsDoneAsync(Func<Task> work, TimeSpan patience)
    {
        try
        {
            await work().WaitAsync(patience, _time);
            return true;
        }
        catch (Exception error)
            when (ErrorQueueTrouble.Describe(_operation, error) is BrokerException or MissingQueueException)
        {
            return false;
        }
    }

    /// <summary>A quorum queue takes its time to give back and to count: who looks next would find less than there is. Not when others take from it.</summary>
    private async Task WaitUntilBackAsync()
    {
        while (await CountAsync(_connection, _names.ErrorQueue, CancellationToken.None) < AllWaiting - Moved)
            await Task.Delay(LookInterval, _time);
    }

    private static async Task<int> CountAsync(
        IConnection connection,
        ErrorQueueNames names,
        bool moves,
        CancellationToken cancellationToken
    )
    {
        var errors = await CountAsync(connection, names.ErrorQueue, cancellationToken);
        if ((errors is null || moves) && await CountAsync(connection, names.Queue, cancellationToken) is null)
            throw errors is null ? ErrorQueueTrouble.NoQueue(names) : ErrorQueueTrouble.Gone(names.Queue);
        return errors ?? 0;
    }

    /// <summary>How many messages are ready in a queue; null when there is none of this name.</summary>
    private static async Task<int?> CountAsync(
        IConnection connection,
        string queue,
        CancellationToken cancellationToken
    )
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            var declared = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return (int)Math.Min(declared.MessageCount, int.MaxValue);
        }
        catch (OperationInterruptedException error) when (error.ShutdownReason?.ReplyCode == ErrorQueueTrouble.NotFound)
        {
            return null;
        }
    }
}
