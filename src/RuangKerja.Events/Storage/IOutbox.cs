using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>One event that waits for the broker.</summary>
/// <param name="Event">Null when the stored event cannot be read; <paramref name="Unreadable"/> then says why.</param>
public sealed record PendingEvent(
    long Sequence,
    Guid EventId,
    AssignmentId AssignmentId,
    long Version,
    CourseStatusChanged? Event,
    string? Unreadable = null
);

/// <summary>Why a row left the hot path without being confirmed.</summary>
public enum SetAside
{
    /// <summary>No queue takes such messages; replay can serve a late subscriber. Trimmed after a while.</summary>
    Unroutable,

    /// <summary>The stored event cannot be made a message. Kept until a person looks.</summary>
    Unpublishable,
}

/// <summary>The outbox of one company in numbers.</summary>
/// <param name="OldestPending">When the oldest pending row was committed; null when none is pending.</param>
public sealed record OutboxCounts(
    long Pending,
    long Held,
    long Unroutable,
    long Unpublishable,
    DateTimeOffset? OldestPending
);

/// <summary>Events that wait for an operator, for one reason.</summary>
/// <param name="From">When the first of them was committed.</param>
/// <param name="To">When the last of them was.</param>
public sealed record OutboxHold(string Reason, long Events, DateTimeOffset From, DateTimeOffset To);

/// <summary>The events that are committed and not yet confirmed, as the relay sees them.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IOutbox
{
    /// <summary>The oldest pending rows, by sequence; those of one assignment are then in order of version.</summary>
    /// <param name="except">Assignments whose rows are passed over.</param>
    Task<IReadOnlyList<PendingEvent>> ReadPendingAsync(
        Company company,
        int limit,
        IReadOnlyCollection<AssignmentId> except,
        CancellationToken cancellationToken
    );

    /// <summary>Removes rows the broker has confirmed.</summary>
    Task RemoveConfirmedAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken);

    /// <summary>Takes rows off the hot path, with the reason.</summary>
    Task SetAsideAsync(
        IReadOnlyCollection<long> sequences,
        SetAside state,
        string reason,
        CancellationToken cancellationToken
    );

    /// <summary>Removes unroutable rows set aside longer ago than this, so many at most. Returns how many.</summary>
    Task<int> TrimUnroutableAsync(Company company, TimeSpan retention, int limit, CancellationToken cancellationToken);

    /// <summary>What waits for an operator, the oldest first.</summary>
    Task<IReadOnlyList<OutboxHold>> ListHoldsAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Lets all that is held of a company go. Returns how many events.</summary>
    Task<int> ReleaseAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Takes all that is held of a company out of the outbox: it stays stored and is never published. Returns how many events.</summary>
    Task<int> DiscardAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Counts a company's rows by state.</summary>
    Task<OutboxCounts> CountAsync(Company company, CancellationToken cancellationToken);
}
