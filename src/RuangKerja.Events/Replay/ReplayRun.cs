using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>
/// Runs one taken replay to its end, or to the end of its lease: sends, and after trouble that passes sends again from where it
/// stood, more and more slowly. A queue that goes on taking nothing gives its place to the replays of others for a while.
/// </summary>
/// <param name="askedAt">A timestamp from before it was taken: its lease counts from there.</param>
internal sealed class ReplayRun(
    TakenReplay taken,
    long askedAt,
    IReplayStore store,
    IEventHistory history,
    ReplayBroker broker,
    ReplayOptions options,
    ReplayReports reports
)
{
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    // Tries in a row that a queue has for taking a message, and for how long the replay gives its place away then.
    private const int MostRefusals = 4;
    private static readonly TimeSpan PutOff = TimeSpan.FromSeconds(30);

    // The stop of the whole program has 10 s, and confirms are waited for before.
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromSeconds(2);

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
        var isNoted = false;
        End? end = null;
        try
        {
            var keeping = KeepAsync(lost, ended.Token);
            try
            {
                end = await SendAsync(ending.Token);
            }
            // Whatever has ended the sending: what is kept and sent by nobody would be taken up by nobody.
            finally
            {
                await ended.CancelAsync();
                await keeping;
                Count();
            }

            isNoted = await EndAsync(lost.IsCancellationRequested ? null : end);
        }
        finally
        {
            if (isNoted && end is not null)
                reports.Ended(taken, _tally.Now, end.State, end.Reason);
            else
                reports.Left(taken, _tally.Now);
        }
    }

    private async Task KeepAsync(CancellationTokenSource lost, CancellationToken ended)
    {
        try
        {
            await new ReplayKeeper(taken, askedAt, _tally, store, Count, _time).RunAsync(ended);
        }
        // With a fault of its own, too: nothing is sent that is not kept.
        finally
        {
            if (!ended.IsCancellationRequested)
                await lost.CancelAsync();
        }
    }

    private async Task<End> SendAsync(CancellationToken ending)
    {
        // What is allowed may have changed since it was asked for.
        if (new ReplayRules(options, []).WhyNot(taken.Job.Destination) is { } forbidden)
            return new End(ReplayState.Failed, forbidden);

        var sender = new ReplaySender(taken, history, broker, options, _tally, reports);
        for (var failures = 1; ; failures++)
        {
            var before = _tally.Now.Position;
            try
            {
                await sender.SendAsync(ending);
                return new End(ReplayState.Finished);
            }
            catch (Exception) when (ending.IsCancellationRequested)
            {
                return new End(ReplayState.Waiting);
            }
            catch (ReplayHaltException halt)
            {
                return new End(ReplayState.Failed, halt.Message);
            }
            catch (Exception error) when (error is BrokerException or StorageException)
            {
                if (_tally.Now.Position > before)
                    failures = 1;
                _tally.Wait(error.Message);
                if (failures >= MostRefusals && IsOfItsQueue(error))
                {
                    reports.Waiting(taken, error.Message, PutOff);
                    return new End(ReplayState.Waiting, error.Message, PutOff);
                }

                var wait = Retry.Delay(failures, _jitter.NextDouble());
                reports.Waiting(taken, error.Message, wait);
                await Task.Delay(wait, _time, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>What cannot be noted is found out by the next who takes it: it goes on behind what was noted last.</summary>
    /// <param name="end">Null when it is not ours to end: what was sent is noted all the same, and it is left to others.</param>
    private async Task<bool> EndAsync(End? end)
    {
        using var bounded = new CancellationTokenSource(FarewellTimeout, _time);
        try
        {
            var ended = end switch
            {
                null => false,
                { PutOff: { } period } => await store
                    .PutOffAsync(taken, _tally.Now, end.Reason, period, bounded.Token)
                    .WaitAsync(bounded.Token),
                _ => await store
                    .EndAsync(taken, _tally.Now, end.State, end.Reason, bounded.Token)
                    .WaitAsync(bounded.Token),
            };
            if (!ended)
                await store.LeaveAsync(taken, _tally.Now, bounded.Token).WaitAsync(bounded.Token);
            return ended;
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

    /// <summary>Trouble that other replays need not have.</summary>
    private static bool IsOfItsQueue(Exception error) =>
        error is BrokerException { Kind: BrokerFailureKind.Refused or BrokerFailureKind.Silent };

    private sealed record End(ReplayState State, string? Reason = null, TimeSpan? PutOff = null);
}
