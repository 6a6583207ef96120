using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>Reads what is stored, for replays, for those who pull, and for those who ask what was.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IEventHistory
{
    /// <summary>
    /// Reads the sequence at or below which nothing appears any more: whatever has a lower one and is not visible now was
    /// rolled back. It may be lower than what is visible already, while somebody's commit is under way, and lower than the
    /// last time it was asked for: what was true of the higher one stays true, and who follows keeps it.
    /// </summary>
    Task<long> ReadHorizonAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Reads the last sequence that any commit has taken. Whatever is visible is at or below it, and the horizon comes to it as
    /// soon as all commits that are under way now have ended.
    /// </summary>
    Task<long> ReadLastSequenceAsync(CancellationToken cancellationToken);

    /// <summary>
    /// The same as the horizon, for those who pull: lower than any event of these companies that is held for an operator, since it would
    /// appear below what they have read.
    /// </summary>
    /// <param name="companies">Empty for all.</param>
    Task<long> ReadFeedHorizonAsync(IReadOnlyList<Company> companies, CancellationToken cancellationToken);

    /// <summary>Finds events by the narrow tables alone: their sequences, ascending.</summary>
    /// <param name="after">Those above this sequence.</param>
    /// <param name="through">Those up to this one: at most the horizon, or some may be missed.</param>
    /// <param name="limit">At most so many, 1 …; a list shorter than this is the rest.</param>
    Task<IReadOnlyList<long>> FindAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    );

    /// <summary>Reads whole events, by sequence, ascending; those that are not there any more are left out.</summary>
    /// <param name="sequences">Some thousand at most.</param>
    Task<IReadOnlyList<StoredEvent>> ReadAsync(
        IReadOnlyCollection<long> sequences,
        CancellationToken cancellationToken
    );

    /// <summary>Counts what <see cref="FindAsync"/> would find, and shows its ends.</summary>
    /// <param name="after">Those above this sequence.</param>
    /// <param name="through">Those up to this one.</param>
    Task<EventSummary> SummariseAsync(
        EventFilter filter,
        long after,
        long through,
        CancellationToken cancellationToken
    );

    /// <summary>Reads all events of one assignment, by version; empty when there is no such assignment.</summary>
    Task<IReadOnlyList<StoredEvent>> ReadTimelineAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    );

    /// <summary>Reads one assignment as it is known now; null when there is none.</summary>
    Task<StoredAssignment?> ReadAssignmentAsync(AssignmentReference assignment, CancellationToken cancellationToken);

    /// <summary>Lists assignments, by company and id.</summary>
    /// <param name="after">Those behind this one; null to begin.</param>
    /// <param name="limit">At most so many, 1 … 1,000; a list shorter than this is the rest.</param>
    Task<IReadOnlyList<StoredAssignment>> ListAssignmentsAsync(
        AssignmentFilter filter,
        AssignmentReference? after,
        int limit,
        CancellationToken cancellationToken
    );
}
