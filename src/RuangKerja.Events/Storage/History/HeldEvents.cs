using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>What a subscriber has already: either is enough for an event to be left out.</summary>
public sealed record HeldEvents
{
    /// <summary>The most entries of either kind.</summary>
    public const int Most = 100_000;

    /// <summary>
    /// Up to which version it has everything of an assignment. The same id of two companies are two assignments; a subscriber
    /// that hears of several companies names one in the filter.
    /// </summary>
    public IReadOnlyDictionary<AssignmentId, long> Versions { get; init; } = new Dictionary<AssignmentId, long>();

    /// <summary>The ids of events it has.</summary>
    public IReadOnlyCollection<Guid> EventIds { get; init; } = [];
}
