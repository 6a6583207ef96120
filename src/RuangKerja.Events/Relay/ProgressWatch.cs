namespace RuangKerja.Events.Relay;

/// <summary>Waits for work for as long as it gets on, and no longer: work that stands still is given up.</summary>
/// <param name="longest">How long it may stand still.</param>
/// <param name="look">From one look at it to the next; no longer than the longest.</param>
/// <param name="isHopeless">Whether work that has stood still since this timestamp will not get on by itself any more.</param>
internal sealed class ProgressWatch(TimeSpan longest, TimeSpan look, Func<long, bool> isHopeless, TimeProvider time)
{
    /// <summary>How long work may stand still; it is given up a look later.</summary>
    public TimeSpan Longest => longest;

    /// <summary>Returns when the work has ended, or is given up: then it may still run.</summary>
    /// <param name="work">Its own errors are thrown.</param>
    /// <param name="progress">Counts what it has done so far.</param>
    /// <param name="getsOn">Called now and then while it gets on: a long work would look like one that hangs.</param>
    /// <param name="giveUp">Gives it up at once.</param>
    public async Task<WatchedEnd> WaitAsync(Task work, Func<int> progress, Action? getsOn, CancellationToken giveUp)
    {
        var (done, since) = (progress(), time.GetTimestamp());
        while (true)
        {
            await work.WaitAsync(look, time, giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (work.IsCompleted)
            {
                await work;
                return WatchedEnd.Done;
            }

            if (giveUp.IsCancellationRequested)
                return WatchedEnd.Stopped;
            if (progress() is var now && now != done)
            {
                (done, since) = (now, time.GetTimestamp());
                getsOn?.Invoke();
            }
            else if (isHopeless(since))
            {
                return WatchedEnd.Hopeless;
            }
            else if (time.GetElapsedTime(since) >= longest)
            {
                return WatchedEnd.StoodStill;
            }
        }
    }
}

/// <summary>How the wait for watched work ended.</summary>
internal enum WatchedEnd
{
    /// <summary>The work has ended.</summary>
    Done,

    /// <summary>The wait was ended from outside.</summary>
    Stopped,

    /// <summary>The work had no more hope to get on by itself.</summary>
    Hopeless,

    /// <summary>The work stood still for too long.</summary>
    StoodStill,
}
