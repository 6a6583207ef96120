using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>
/// Keeps a taken replay while it is run, and notes how far it has come, twice a second while it gets on. Whatever those who send
/// wait for, the lease does not depend on them.
/// </summary>
/// <param name="askedAt">A timestamp from before it was taken.</param>
/// <param name="kept">Called each time that it has.</param>
internal sealed class ReplayKeeper(
    TakenReplay taken,
    long askedAt,
    ReplayTally tally,
    IReplayStore store,
    Action kept,
    TimeProvider time
)
{
    /// <summary>For how long it is taken at a time: after a crash another instance waits so long at most.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    // Several tries before the lease is over.
    private static readonly TimeSpan Renewal = Lease / 4;

    // Sending ends before another instance may begin.
    private static readonly TimeSpan Trusted = Lease * 0.8;

    private long _keptAt = askedAt;
    private ReplayProgress _kept = tally.Now;

    /// <summary>Returns when the replay is no more ours to run, or with the end of the run.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        while (!ended.IsCancellationRequested && await KeepAsync(ended))
            await Task.Delay(Interval, time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>False when it is ours no more.</summary>
    private async Task<bool> KeepAsync(CancellationToken ended)
    {
        var now = tally.Now;
        if (now == _kept && time.GetElapsedTime(_keptAt) < Renewal)
            return true;

        var left = Trusted - time.GetElapsedTime(_keptAt);
        if (left <= TimeSpan.Zero)
            return false;

        var asked = time.GetTimestamp();
        using var bounded = new CancellationTokenSource(left, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, ended);
        try
        {
            var progress = now == _kept ? null : now;
            if (!await store.KeepAsync(taken, progress, Lease, linked.Token).WaitAsync(linked.Token))
                return false;

            (_keptAt, _kept) = (asked, now);
            kept();
        }
        // The database is away, or the run has ended: as long as the lease lasts it is ours.
        catch (Exception error) when (error is StorageException or OperationCanceledException)
        {
            return !bounded.IsCancellationRequested;
        }

        return true;
    }
}
