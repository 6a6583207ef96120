namespace RuangKerja.Events;

/// <summary>A token for work that is under way when a stop is asked for: cancelled a while after the stop, not with it.</summary>
internal sealed class GracePeriod : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _registration;

    public GracePeriod(TimeSpan length, TimeProvider time, CancellationToken stopping)
        : this(() => length, time, stopping) { }

    /// <summary>Of a length that is known when the stop comes.</summary>
    public GracePeriod(Func<TimeSpan> length, TimeProvider time, CancellationToken stopping)
    {
        _source = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _registration = stopping.Register(() => _source.CancelAfter(length()));
    }

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _source.Dispose();
    }
}
