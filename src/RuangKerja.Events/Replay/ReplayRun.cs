using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>
/// Runs one taken replay to its end, or to the end of its lease: sends, and after trouble that passes sends again from where it
/// stood, more and more slowly.
/// </summary>
internal sealed class ReplayRun(
    TakenReplay taken,
    IReplayStore store,
    IEventHistory history,
    ReplayBroker broker,
    ReplayOptions options,
    ReplayReports reports
)
{
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    // The stop of the whole program has 10 s, and confirms are waited for before.
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(3);

    private readonly TimeProvider _time = broker.Time;
    private readonly ReplayTally _tally = new(taken.Job);
    private readonly Random _jitter = new();
    private long _counted = taken.Job.Sent;

    /// <summary>Returns when it is over, is another's, or was given back at a stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        reports.Taken(taken);
        using var lost = new CancellationTokenSource();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(lost.Token, stopping);
        using var ended = new CancellationTokenSource();
        var keeping = KeepAsync(lost, ended.Token);
        var end = await SendAsync(ending.Token);
        await ended.CancelAsync();
        await keeping;
        Count();
        if (await EndAsync(lost.IsCancellationRequested ? null : end))
            reports.Ended(taken, _tally.Now, end.State, end.Reason);
        else
            reports.Left(taken, _tally.Now);
    }

    private async Task KeepAsync(CancellationTokenSource lost, CancellationToken ended)
    {
        await new ReplayKeeper(taken, _tally, store, Count, _time).RunAsync(ended);
        if (!ended.IsCancellationRequested)
            await lost.CancelAsync();
    }

    private async Task<(ReplayState State, string? Reason)> SendAsync(CancellationToken ending)
    {
        var sender = new ReplaySender(taken, history, broker, options, _tally, reports);
        for (var failures = 1; ; failures++)
        {
            var before = _tally.Now.Position;
            try
            {
                await sender.SendAsync(ending);
                return (ReplayState.Finished, null);
            }
            catch (Exception) when (ending.IsCancellationRequested)
            {
                return (ReplayState.Waiting, null);
            }
            catch (ReplayHaltException halt)
            {
                return (ReplayState.Failed, halt.Message);
            }
            catch (Exception error) when (error is BrokerException or StorageException)
            {
                if (_tally.Now.Position > before)
                    failures = 1;
                _tally.Wait(error.Message);
                var wait = Retry.Delay(failures, _jitter.NextDouble());
                reports.Waiting(taken, error.Message, wait);
                await Task.Delay(wait, _time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What cannot be noted is found out by the next who takes it: it goes on behind what was noted last.</summary>
    /// <param name="end">Null when it is not ours to end: what was sent is noted all the same, and it is left to others.</param>
    private async Task<bool> EndAsync((ReplayState State, string? Reason)? end)
    {
        using var bounded = new CancellationTokenSource(FarewellTimeout, _time);
        try
        {
            if (
                end is var (state, reason)
                && await store.EndAsync(taken, _tally.Now, state, reason, bounded.Token).WaitAsync(bounded.Token)
            )
            {
                return true;
            }

            await store.LeaveAsync(taken, _tally.Now, bounded.Token).WaitAsync(bounded.Token);
            return false;
        }
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>By the keeper, or after its end.</summary>
    private void Count()
    {
        var sent = _tally.Now.Sent;
        reports.Sent(sent - _counted);
        _counted = sent;
    }
}
