using RuangKerja.Simulator.People;

namespace RuangKerja.Simulator.Life;

/// <summary>
/// A transition somebody asks for. At several matches those that can lawfully move to <see cref="To"/> go first.
/// </summary>
public sealed record TransitionOrder : AssignmentChoice
{
    /// <summary>The status to move to, lawful or not; null for a lawful one by chance.</summary>
    public UpstreamStatus? To { get; init; }
}
