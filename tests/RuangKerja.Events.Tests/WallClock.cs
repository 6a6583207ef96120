namespace RuangKerja.Events.Tests;

/// <summary>A clock that somebody sets: what it shows moves, what it counts does not.</summary>
public sealed class WallClock : TimeProvider
{
    private readonly Clock _steady = new();
    private TimeSpan _set;

    public override long TimestampFrequency => _steady.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => _steady.GetUtcNow() + _set;

    public override long GetTimestamp() => _steady.GetTimestamp();

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan by) => _steady.Advance(by);

    /// <summary>The clock is put forward, or back when negative.</summary>
    public void Set(TimeSpan by) => _set += by;
}
