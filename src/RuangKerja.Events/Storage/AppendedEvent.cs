using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>An event as a commit appends it, whichever engine does.</summary>
/// <param name="Version">Its version in its stream.</param>
internal sealed record AppendedEvent(AssignmentChanges Assignment, CourseStatusChanged Event, long Version)
{
    /// <summary>The event's id.</summary>
    public Guid Id { get; } = Guid.CreateVersion7(Event.DetectedAt);

    /// <summary>The events of a commit, in the order in which they get their sequences.</summary>
    public static IReadOnlyList<AppendedEvent> Of(ChunkCommit commit) =>
        [
            .. commit.Changes.Assignments.SelectMany(a =>
                a.Events.Select((e, i) => new AppendedEvent(a, e, a.Before + i + 1))
            ),
        ];
}
