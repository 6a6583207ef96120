namespace RuangKerja.Simulator.Life;

/// <summary>How life goes at the moment.</summary>
/// <param name="Alive">False while paused.</param>
/// <param name="TransitionsPerMinute">The rate, kept while paused.</param>
/// <param name="NextAt">When the next step falls; null while paused or at rate 0.</param>
public sealed record LifeState(bool Alive, double TransitionsPerMinute, DateTimeOffset? NextAt);
