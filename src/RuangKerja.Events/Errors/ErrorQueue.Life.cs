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
    /// <exception cref="BrokerException">It could not.</exception>
    /// <exception cref="MissingQueueException">A queue is missing. That there is no error queue yet is no error.</exception>
    public static async Task<ErrorQueue> OpenAsync(
        RelayOptions options,
        BrokerCredentials credentials,
        ErrorQueueNames names,
        ErrorQueueUse use,
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
            var found = await LookAsync(connection, names, use.Moves, linked.Token).WaitAsync(linked.Token);
            var confirms = new CreateChannelOptions(
                publisherConfirmationsEnabled: true,
                publisherConfirmationTrackingEnabled: false
            );
            var channel = await connection.CreateChannelAsync(confirms, linked.Token).WaitAsync(linked.Token);
            var sending = use.Moves
                ? await connection.CreateChannelAsync(confirms, linked.Token).WaitAsync(linked.Token)
                : null;
            var queue = new ErrorQueue(names, use, connection, channel, sending, sockets, options.PublishTimeout, time)
            {
                Waiting = found.Messages,
                Consumers = found.Consumers,
            };
            if (queue.Waiting > 0)
                await queue.HandOutAsync(use.Bound(queue.Waiting), linked.Token).WaitAsync(linked.Token);
            return queue;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            sockets.Close();
            throw ErrorQueueTrouble.Describe(use.Operation, error);
        }
    }

    /// <summary>
    /// Settles what is sent, and leaves what was handed out and not looked at; where copies were made, all that waited behind them
    /// too, that the order remains.
    /// </summary>
    /// <exception cref="BrokerException">Something was not confirmed.</exception>
    public async Task FinishAsync()
    {
        if (_handout is null || _isFinished)
            return;

        _isFinishing = true;
        await SettleAsync();
        if (!_copiesAll)
            await _handout.EndAsync();
        await LeaveRestAsync();
        var unseen = Waiting - _takenBefore - _handout.Taken;
        if (_copiesAll && _handout.IsEnded && unseen > 0)
        {
            await HandOutAsync(unseen, CancellationToken.None);
            await LeaveRestAsync();
        }

        _isFinished = true;
    }

    /// <summary>Finishes. What cannot be settled any more goes back by the end of the connection.</summary>
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

    private async Task HandOutAsync(int most, CancellationToken cancellationToken)
    {
        _takenBefore += _handout?.Taken ?? 0;
        _handout = await Handout.BeginAsync(
            _channel,
            _names.ErrorQueue,
            _use.Operation,
            most,
            _use.Prefetch(most),
            _patience,
            _time,
            cancellationToken
        );
    }

    private async Task LeaveRestAsync()
    {
        while (await _handout!.TakeAsync(CancellationToken.None) is { } delivery)
            await LeaveAsync(delivery);
        await SettleAsync();
    }

    private async Task<bool> TryFinishAsync()
    {
        var isSettled = await IsDoneAsync(FinishWhileItGoesOnAsync);
        // The end of the channel gives back what is held in its order; told to take it back, RabbitMQ 3 mixes it up.
        return await IsDoneAsync(() => _channel.CloseAsync().WaitAsync(CloseTimeout, _time))
            && await IsDoneAsync(() => WaitUntilBackAsync().WaitAsync(CloseTimeout, _time))
            && isSettled;
    }

    /// <summary>However many there are; but a broker that does nothing more is not waited for.</summary>
    private async Task FinishWhileItGoesOnAsync()
    {
        var finish = FinishAsync();
        int seen;
        do
        {
            seen = _done;
            await Task.WhenAny(finish, Task.Delay(_patience, _time));
        } while (!finish.IsCompleted && _done > seen);
        await finish.WaitAsync(TimeSpan.Zero, _time);
    }

    private async Task<bool> IsDoneAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception error)
            when (ErrorQueueTrouble.Describe(_use.Operation, error) is BrokerException or MissingQueueException)
        {
            return false;
        }
    }

    /// <summary>A quorum queue takes its time to give back and to count: who looks next would find less than there is. Not when others take from it.</summary>
    private async Task WaitUntilBackAsync()
    {
        while ((await CountAsync(_connection, _names.ErrorQueue, CancellationToken.None))?.Messages < Waiting - Moved)
            await Task.Delay(LookInterval, _time);
    }

    private static async Task<(int Messages, int Consumers)> LookAsync(
        IConnection connection,
        ErrorQueueNames names,
        bool moves,
        CancellationToken cancellationToken
    )
    {
        var errors = await CountAsync(connection, names.ErrorQueue, cancellationToken);
        if ((errors is null || moves) && await CountAsync(connection, names.Queue, cancellationToken) is null)
            throw errors is null ? ErrorQueueTrouble.NoQueue(names) : ErrorQueueTrouble.Gone(names.Queue);
        return errors ?? (0, 0);
    }

    /// <summary>How many messages are ready in a queue, and how many consume from it; null when there is none of this name.</summary>
    private static async Task<(int Messages, int Consumers)?> CountAsync(
        IConnection connection,
        string queue,
        CancellationToken cancellationToken
    )
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellationToken);
        try
        {
            var declared = await channel.QueueDeclarePassiveAsync(queue, cancellationToken);
            return ((int)Math.Min(declared.MessageCount, int.MaxValue), (int)declared.ConsumerCount);
        }
        catch (OperationInterruptedException error) when (error.ShutdownReason?.ReplyCode == Constants.NotFound)
        {
            return null;
        }
    }
}
