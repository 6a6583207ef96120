using System.Diagnostics.CodeAnalysis;

namespace RuangKerja.Events.Api;

/// <summary>
/// A token bucket: how often the company's requests may go out, whoever makes them. It holds one second's worth, at least
/// one, and begins full; who finds it empty waits, in the order of coming.
/// </summary>
/// <remarks>
/// The framework's <c>TokenBucketRateLimiter</c> counts by the machine's own clock and cannot be given another, so that
/// nothing built on it could be tested without waiting.
/// </remarks>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore without a wait handle holds nothing to free, and somebody may still wait for a turn."
)]
internal sealed class RequestRate(double perSecond, TimeProvider time)
{
    private readonly double _most = Math.Max(1, perSecond);
    private readonly SemaphoreSlim _turn = new(1);

    // Belongs to whoever has the turn.
    private double _left = Math.Max(1, perSecond);
    private long _countedAt = time.GetTimestamp();

    /// <summary>Returns when a request may go out. Who gives up takes nothing from the others.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Refill();
            while (_left < 1)
            {
                await Task.Delay(UntilNext(), time, cancellationToken);
                Refill();
            }

            _left--;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void Refill()
    {
        var now = time.GetTimestamp();
        var elapsed = Math.Max(0, time.GetElapsedTime(_countedAt, now).TotalSeconds);
        _left = Math.Min(_most, _left + (elapsed * perSecond));
        _countedAt = now;
    }

    // A timer counts in whole milliseconds; rounding up keeps the loop from spinning through the last one.
    private TimeSpan UntilNext() => TimeSpan.FromMilliseconds(Math.Ceiling((1 - _left) / perSecond * 1000));
}
