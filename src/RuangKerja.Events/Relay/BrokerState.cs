namespace RuangKerja.Events.Relay;

/// <summary>
/// What is known of whether the broker takes messages: told by <see cref="BrokerMonitor"/>, asked by those who publish. To
/// publish to a broker that takes nothing only fills buffers, and later the queues with repetitions.
/// </summary>
/// <remarks>
/// A word that it takes nothing is believed for a while only: whoever gave it may be gone, or mistaken about a connection that
/// is not ours. Thread-safe.
/// </remarks>
public sealed class BrokerState(TimeProvider time)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private string? _reason;
    private long _believedSince;
    private TimeSpan _believedFor;
    private long? _tookAt;
    private long? _lostAt;
    private TaskCompletionSource _opened = Closed();

    /// <summary>Why there is no use in publishing now; null when there is, or when nothing is known.</summary>
    public string? WhyNot
    {
        get
        {
            lock (_gate)
                return Left() > TimeSpan.Zero ? _reason : null;
        }
    }

    /// <summary>Whether the broker has confirmed a message to the monitor at or after this timestamp.</summary>
    public bool HasTakenSince(long timestamp)
    {
        lock (_gate)
            return _tookAt is { } tookAt && tookAt >= timestamp;
    }

    /// <summary>Whether the broker was away at some time after this timestamp, and has confirmed a message to the monitor since.</summary>
    public bool HasReturnedSince(long timestamp)
    {
        lock (_gate)
            return _lostAt is { } lostAt && lostAt >= timestamp && _tookAt is { } tookAt && tookAt > lostAt;
    }

    /// <summary>Returns as soon as there may be use in publishing.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task opened;
            TimeSpan left;
            lock (_gate)
            {
                left = Left();
                opened = _opened.Task;
            }

            if (left <= TimeSpan.Zero)
                return;

            // The word may be given again meanwhile, or become too old.
            await opened
                .WaitAsync(left, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>A message sent just now was confirmed.</summary>
    internal void Takes()
    {
        lock (_gate)
            _tookAt = time.GetTimestamp();
        Unknown();
    }

    /// <summary>The connection to it is lost, or none can be made.</summary>
    internal void Lost()
    {
        lock (_gate)
            _lostAt = time.GetTimestamp();
        Unknown();
    }

    /// <summary>It takes nothing now.</summary>
    /// <param name="reason">What was found and what to do.</param>
    /// <param name="believedFor">Without another word it is to be tried after this.</param>
    internal void TakesNothing(string reason, TimeSpan believedFor)
    {
        lock (_gate)
            (_reason, _believedSince, _believedFor) = (reason, time.GetTimestamp(), believedFor);
    }

    /// <summary>Nothing is known any more: whoever has something to publish finds out by it.</summary>
    internal void Unknown()
    {
        TaskCompletionSource opened;
        lock (_gate)
        {
            if (_reason is null)
                return;
            _reason = null;
            (opened, _opened) = (_opened, Closed());
        }

        opened.SetResult();
    }

    private TimeSpan Left() => _reason is null ? TimeSpan.Zero : _believedFor - time.GetElapsedTime(_believedSince);

    private static TaskCompletionSource Closed() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
