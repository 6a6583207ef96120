namespace RuangKerja.Events.Relay;

/// <summary>
/// Whether this instance has news to publish at this moment, so that what can wait gives way. A hint, no lock: what gives way
/// goes on after a while whatever the news do. Thread-safe.
/// </summary>
public sealed class LiveLane(TimeProvider time)
{
    private readonly Lock _gate = new();

    // Guarded by _gate. The task is over while nothing is under way.
    private int _passes;
    private TaskCompletionSource _free = Free();

    /// <summary>A pass over the outbox begins; it ends when this is disposed of.</summary>
    public IDisposable Enter()
    {
        lock (_gate)
        {
            if (_passes++ == 0)
                _free = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        return new Pass(this);
    }

    /// <summary>Returns as soon as no pass is under way, after <paramref name="longest"/>, or with a stop.</summary>
    public async Task GiveWayAsync(TimeSpan longest, CancellationToken cancellationToken)
    {
        Task free;
        lock (_gate)
            free = _free.Task;
        if (!free.IsCompleted)
            await free.WaitAsync(longest, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Leave()
    {
        TaskCompletionSource? free = null;
        lock (_gate)
        {
            if (--_passes == 0)
                free = _free;
        }

        free?.TrySetResult();
    }

    private static TaskCompletionSource Free()
    {
        var free = new TaskCompletionSource();
        free.SetResult();
        return free;
    }

    private sealed class Pass(LiveLane lane) : IDisposable
    {
        private LiveLane? _lane = lane;

        public void Dispose() => Interlocked.Exchange(ref _lane, null)?.Leave();
    }
}
