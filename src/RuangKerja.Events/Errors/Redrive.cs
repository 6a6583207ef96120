using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Errors;

/// <summary>One redrive of an error queue.</summary>
internal sealed class Redrive(
    ErrorQueue errors,
    string operation,
    RedriveOrder order,
    Action<RedriveProgress> watch,
    ReplayRate rate,
    TimeProvider time
)
{
    private readonly long _began = time.GetTimestamp();
    private int _lookedAt;
    private int _chosen;

    /// <summary>Looks at all that waited, or until enough is moved.</summary>
    /// <exception cref="Relay.BrokerException">Not all of it is handed out, or something was not confirmed.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_chosen < order.Most && await errors.TakeAsync(cancellationToken) is { } delivery)
        {
            _lookedAt++;
            var isMeant = order.Choice.Includes(FaultedMessageReader.Read(delivery.Properties, delivery.Body));
            _chosen += isMeant ? 1 : 0;
            if (isMeant && !order.DryRun)
                await MoveAsync(delivery, cancellationToken);
            else
                await errors.LeaveAsync(delivery);

            if (_lookedAt % 100 == 0)
                Tell();
        }

        await errors.FinishAsync();
        if (_chosen < order.Most && _lookedAt < errors.Waiting)
            throw ErrorQueueTrouble.Taken(operation, _lookedAt, errors.Waiting, errors.Consumers);
    }

    /// <summary>Says how far it is.</summary>
    public void Tell() =>
        watch(
            new RedriveProgress(errors.Waiting, _lookedAt, order.DryRun ? _chosen : errors.Moved)
            {
                Consumers = errors.Consumers,
            }
        );

    private async Task MoveAsync(ErrorDelivery delivery, CancellationToken cancellationToken)
    {
        var wait = rate.Take(time.GetElapsedTime(_began));
        try
        {
            if (wait > TimeSpan.Zero || errors.IsFull)
            {
                await errors.SettleAsync();
                Tell();
            }

            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, time, cancellationToken);
        }
        catch
        {
            // Nobody else would see to this one.
            await errors.LeaveAsync(delivery);
            throw;
        }

        await errors.MoveAsync(delivery);
    }
}
