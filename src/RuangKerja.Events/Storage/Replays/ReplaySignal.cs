namespace RuangKerja.Events.Storage.Replays;

/// <summary>Wakes those who run replays, or tell of their ends, when one was asked for, moved or ended. Thread-safe.</summary>
public sealed class ReplaySignal(TimeProvider time)
{
    private volatile TaskCompletionSource _rung = New();

    /// <summary>Rings for everybody who waits now.</summary>
    public void Set() => Interlocked.Exchange(ref _rung, New()).TrySetResult();

    /// <summary>Take it before looking for work: a ring in between is not missed then.</summary>
    public Task Next => _rung.Task;

    /// <summary>Waits for the ring, at most <paramref name="longest"/>; ends with a stop, too.</summary>
    public async Task WaitAsync(Task next, TimeSpan longest, CancellationToken cancellationToken) =>
        await next.WaitAsync(longest, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
