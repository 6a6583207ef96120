using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage;

/// <summary>How far the feed of a company is read, by the database's clock.</summary>
/// <param name="Watermark">The instant up to which it is proven read.</param>
/// <param name="Age">How long ago that is.</param>
/// <param name="StoredAgo">How long ago any instance has stored a poll.</param>
/// <param name="CaughtUp">Whether it was read up to now once.</param>
public sealed record FeedStanding(DateTimeOffset Watermark, TimeSpan Age, TimeSpan StoredAgo, bool CaughtUp);

/// <summary>What of a company waits in the database, whichever instance has put it there.</summary>
/// <param name="Pending">Events that wait for the broker; not those behind held ones.</param>
/// <param name="OldestPending">How long the oldest of them has waited; null when there is none.</param>
/// <param name="Held">Events that wait for an operator.</param>
/// <param name="Unroutable">Events no queue took.</param>
/// <param name="Unpublishable">Events no message can be made of.</param>
/// <param name="Quarantined">Rows of the API that were not accepted.</param>
/// <param name="CountedTo">Where the count of pending events stops: one that is as large stands for as many or more.</param>
public sealed record Backlog(
    long Pending,
    TimeSpan? OldestPending,
    long Held,
    long Unroutable,
    long Unpublishable,
    long Quarantined,
    long CountedTo
)
{
    /// <summary>Polling is slowed down by how much is pending; of all else nothing depends on how much is much.</summary>
    private const long MostOthers = 10_000;

    /// <summary>Where the counts of all that is not pending stop.</summary>
    public long OthersCountedTo => OthersCountedToWith(CountedTo);

    /// <summary>When the first of the held events that were counted was stored.</summary>
    public DateTimeOffset? HeldSince { get; init; }

    /// <summary>Why they are held; null when none is.</summary>
    public string? HeldReason { get; init; }

    /// <summary>How far the feed is read; null when reading it was never begun.</summary>
    public FeedStanding? Feed { get; init; }

    internal static long OthersCountedToWith(long countTo) => Math.Min(countTo, MostOthers);
}

/// <summary>What waits, read at a cost that does not grow with it.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IBacklogStore
{
    /// <summary>Reads a company's backlog.</summary>
    /// <param name="countTo">Where counting pending events stops, 1 …; of all else it stops at 10,000 at the latest.</param>
    Task<Backlog> ReadAsync(Company company, long countTo, CancellationToken cancellationToken);
}
