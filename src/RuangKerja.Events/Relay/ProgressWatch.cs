namespace RuangKerja.Events.Relay;

/// <summary>Waits for work for as long as it gets on, and no longer: work that stands still is given up.</summary>
/// <param name="longest">How long it may stand still.</param>
internal sealed class ProgressWatch(TimeSpan longest, TimeProvider time)
{
    /// <summary>How long work may stand still; it is given up after at most twice this.</summary>
    public TimeSpan Longest => longest;

    /// <summary>Returns true when the work has ended, false when it is given up: it may still run.</summary>
    /// <param name="work">Its own errors are thrown.</param>
    /// <param name="progress">Counts what it has done so far.</param>
    /// <param name="getsOn">Called now and then while it gets on: a long work would look like one that hangs.</param>
    /// <param name="giveUp">Gives it up at once.</param>
    public async Task<bool> WaitAsync(Task work, Func<int> progress, Action? getsOn, CancellationToken giveUp)
    {
        while (true)
        {
            var before = progress();
            await work.WaitAsync(longest, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (work.IsCompleted)
            {
                await work;
                return true;
            }

            if (giveUp.IsCancellationRequested || progress() == before)
                return false;
            getsOn?.Invoke();
        }
    }
}
