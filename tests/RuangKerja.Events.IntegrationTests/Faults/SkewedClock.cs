namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A clock that goes right and shows the wrong time.</summary>
/// <param name="ahead">Below zero, it is behind.</param>
internal sealed class SkewedClock(TimeSpan ahead) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + ahead;
}
