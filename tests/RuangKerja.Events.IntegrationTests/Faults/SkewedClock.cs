namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A clock that goes right and shows the wrong time.</summary>
internal sealed class SkewedClock(TimeSpan ahead) : TimeProvider
{
    /// <summary>Below zero, it is behind.</summary>
    public TimeSpan Ahead { get; set; } = ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Ahead;
}
