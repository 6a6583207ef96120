using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Runs the relay of one company for ever: passes while there is work, then waits for a ring or the safety interval. A broken
/// broker or database means waiting longer, never an end.
/// </summary>
/// <remarks>
/// Nothing it waits for is without a bound: publishing is watched for progress, the database has its own timeouts, and that
/// the broker takes nothing is believed for a while only.
/// </remarks>
public sealed class RelayLoop(
    OutboxRelay relay,
    RelayDatabase database,
    OutboxSignal signal,
    BrokerState broker,
    RelayReports reports,
    RelayOptions options,
    TimeProvider time
)
{
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    private static readonly TimeSpan StandBy = TimeSpan.FromSeconds(1);

    private readonly StuckConnection _stuck = new(broker, time);
    private readonly Random _jitter = new();
    private int _failures;

    /// <summary>Returns when it is asked to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await TurnAsync(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            // Whatever it is, the relay of this company goes on: a message not sent now is sent later, or never.
            catch (Exception error)
            {
                database.Distrust(error);
                var delay = Retry.Delay(++_failures, _jitter.NextDouble());
                reports.Failed(relay.Company, error, delay);
                await WaitAsync(error, delay, stopping);
            }
        }
    }

    /// <summary>One pass, and the wait until there is reason for the next.</summary>
    private async Task TurnAsync(CancellationToken stopping)
    {
        await database.EnsureCurrentAsync(stopping);
        if (!relay.Lease.Check())
        {
            if (relay.Lease.IsElsewhere)
                reports.StandsBy(relay.Company);
            relay.Forget();
            _stuck.Reset();
            await signal.WaitAsync(relay.Company, StandBy, stopping);
            return;
        }

        if (broker.WhyNot is { } reason)
        {
            reports.Paused(relay.Company, reason);
            await relay.SettleAsync(stopping);
            await PauseAsync(stopping);
            return;
        }

        var more = await PassAsync(stopping);
        _failures = 0;
        if (more)
            return;

        await database.TrimAsync(relay.Company, stopping);
        await signal.WaitAsync(relay.Company, options.SafetyInterval, stopping);
    }

    /// <summary>The pause may last for hours: the lease and the tables are looked at meanwhile.</summary>
    private async Task PauseAsync(CancellationToken stopping)
    {
        using var bounded = new CancellationTokenSource(options.SafetyInterval, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, stopping);
        await broker.WaitAsync(linked.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>True when there may be more to send at once.</summary>
    private async Task<bool> PassAsync(CancellationToken stopping)
    {
        var began = time.GetTimestamp();
        RelayPass pass;
        using (reports.Passes())
            pass = await relay.RunAsync(stopping, () => reports.GetsOn(relay.Company));
        reports.Passed(relay.Company, pass);
        if (_stuck.Is(pass, began) && relay.Recycle(_stuck.Since))
            reports.Recycled(relay.Company, pass.Failure);
        // It takes nothing any more: what failed by that waits for its word, not for a time of ours.
        if (pass.Failure is { Kind: BrokerFailureKind.Silent } && broker.WhyNot is not null)
            return true;
        if (pass.Failure is { } failure)
            throw failure;

        reports.Answered(relay.Company, pass, _failures);
        return pass.Taken == options.BatchSize || pass.EndedEarly;
    }

    /// <summary>A ring says that the database works again; it says nothing of the broker.</summary>
    private async Task WaitAsync(Exception error, TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            if (error is StorageException)
                await signal.WaitAsync(relay.Company, delay, stopping);
            else
                await Task.Delay(delay, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop sees the stop.
        }
    }
}
