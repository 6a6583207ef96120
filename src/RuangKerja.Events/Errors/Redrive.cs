using RuangKerja.Events.Replay;

namespace RuangKerja.Events.Errors;

/// <summary>One redrive of an error queue.</summary>
internal sealed class Redrive(
    ErrorQueue errors,
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
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (_chosen < order.Most && await errors.TakeAsync(cancellationToken) is { } delivery)
        {
            _lookedAt++;
            if (!order.Choice.Includes(FaultedMessageReader.Read(delivery.Properties, delivery.Body)))
            {
                await errors.LeaveAsync(delivery);
            }
            else if (order.DryRun)
            {
                _chosen++;
                await errors.LeaveAsync(delivery);
            }
            else
            {
                _chosen++;
                await MoveAsync(delivery, cancellationToken);
            }

            if (_lookedAt % 100 == 0)
                Tell();
        }

        await errors.SettleAsync();
    }

    /// <summary>Says how far it is.</summary>
    public void Tell() =>
        watch(new RedriveProgress(errors.AllWaiting, _lookedAt, order.DryRun ? _chosen : errors.Moved));

    private async Task MoveAsync(ErrorDelivery delivery, CancellationToken cancellationToken)
    {
        var wait = rate.Take(time.GetElapsedTime(_began));
        if (wait > TimeSpan.Zero || errors.IsFull)
        {
            await errors.SettleAsync();
            Tell();
        }

        if (!await IsDueAsync(wait, cancellationToken))
        {
            await errors.LeaveAsync(delivery);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await errors.MoveAsync(delivery);
    }

    private async Task<bool> IsDueAsync(TimeSpan wait, CancellationToken cancellationToken)
    {
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !cancellationToken.IsCancellationRequested;
    }
}
