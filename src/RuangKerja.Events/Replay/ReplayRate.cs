namespace RuangKerja.Events.Replay;

/// <summary>
/// Spreads messages evenly: so many a second, and after a pause at most a twentieth of a second's worth at once, which makes
/// up for timers that come late. Pure: it is told the time.
/// </summary>
/// <param name="perSecond">1 …</param>
internal sealed class ReplayRate(int perSecond)
{
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(50);

    private readonly TimeSpan _interval = TimeSpan.FromSeconds(1) / perSecond;
    private TimeSpan _due = TimeSpan.MinValue;

    /// <summary>Takes the place of the next message, and tells how long it must wait: zero or less when it may go.</summary>
    /// <param name="now">Of any clock that only goes forward.</param>
    public TimeSpan Take(TimeSpan now)
    {
        var earliest = now - Burst;
        if (_due < earliest)
            _due = earliest;
        var wait = _due - now;
        _due += _interval;
        return wait;
    }
}
