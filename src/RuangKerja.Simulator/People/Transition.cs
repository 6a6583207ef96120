namespace RuangKerja.Simulator.People;

/// <summary>One change of one assignment.</summary>
/// <param name="From">The status before; null for a new assignment.</param>
/// <param name="Now">The assignment after.</param>
public sealed record Transition(UpstreamStatus? From, Assignment Now);
