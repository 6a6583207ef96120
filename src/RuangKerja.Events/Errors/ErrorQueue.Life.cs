using RabbitMQ.Client;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Errors;

/// <content>How it begins and ends.</content>
internal sealed partial class ErrorQueue
{
    private const string Name = "ruangkerja-events errors";

    /// <summary>Connects, and has messages handed out.</summary>
    /// <exception cref="BrokerException">It could not.</exception>
    /// <exception cref="MissingQueueException">A queue is missing. That there is no error queue yet is no error.</exception>
    public static Task<ErrorQueue> OpenAsync(
        RelayOptions options,
        BrokerCredentials credentials,
        ErrorQueueNames names,
        ErrorQueueUse use,
        TimeProvider time,
        CancellationToken cancellationToken
    ) =>
        BoundedConnection.OpenAsync(
            options,
            credentials,
            Name,
            time,
            (connection, bounded) => BeginAsync(connection, names, use, bounded),
            error => ErrorQueueTrouble.Describe(use.Operation, error),
            cancellationToken
        );

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
        var isPolite = false;
        try
        {
            isPolite = await TryFinishAsync();
        }
        finally
        {
            await _connection.CloseAsync(isPolite);
        }
    }

    private static async Task<ErrorQueue> BeginAsync(
        BoundedConnection connection,
        ErrorQueueNames names,
        ErrorQueueUse use,
        CancellationToken cancellationToken
    )
    {
        var (waiting, consumers) = await LookAsync(connection.Client, names, use.Moves, cancellationToken);
        var channel = await connection.OpenChannelAsync(cancellationToken);
        var moves = use.Moves ? await connection.OpenChannelAsync(cancellationToken) : null;
        var queue = new ErrorQueue(names, use, connection, channel, moves) { Waiting = waiting, Consumers = consumers };
        if (waiting > 0)
            await queue.HandOutAsync(use.Bound(waiting), cancellationToken);
        return queue;
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
            _connection.Patience,
            _connection.Time,
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
        return await IsDoneAsync(() => WithinCloseTimeoutAsync(_channel.CloseAsync()))
            && await IsDoneAsync(() => WithinCloseTimeoutAsync(WaitUntilBackAsync()))
            && isSettled;

        Task WithinCloseTimeoutAsync(Task work) => work.WaitAsync(BoundedConnection.CloseTimeout, _connection.Time);
    }

    /// <summary>However many there are; but a broker that does nothing more is not waited for.</summary>
    private async Task FinishWhileItGoesOnAsync()
    {
        var finish = FinishAsync();
        int seen;
        do
        {
            seen = _done;
            await Task.WhenAny(finish, Task.Delay(_connection.Patience, _connection.Time));
        } while (!finish.IsCompleted && _done > seen);
        await finish.WaitAsync(TimeSpan.Zero, _connection.Time);
    }

    private static async Task<bool> IsDoneAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (Exception error) when (ErrorQueueTrouble.IsOfTheBroker(error))
        {
            // The end of the connection gives back what this could not; a fault of ours goes through.
            return false;
        }
    }
}
