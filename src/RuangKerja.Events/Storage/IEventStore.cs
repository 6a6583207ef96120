using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>How far a company's past and present are read.</summary>
/// <param name="Watermark">The instant up to which the feed is proven read.</param>
/// <param name="StartedAt">When the company was first polled: what happened before is the past.</param>
/// <param name="CaughtUp">Whether the feed was read up to now once.</param>
/// <param name="Swept">Whether the rosters were swept once.</param>
public sealed record FeedProgress(DateTimeOffset Watermark, DateTimeOffset StartedAt, bool CaughtUp, bool Swept)
{
    /// <summary>Until the past was read once, from the feed and from the rosters if these are read, first sights of it are baseline.</summary>
    public bool IsBootstrapped(bool rosters) => CaughtUp && (Swept || !rosters);

    /// <summary>
    /// What is dated before the first start is the past, however late it is first seen; what is not dated is while the past
    /// is being read.
    /// </summary>
    public BaselineRule Baseline(bool rosters) => new(StartedAt, Undated: !IsBootstrapped(rosters));
}

/// <summary>How many events of a company are stored.</summary>
/// <param name="Changes">Those that are news.</param>
/// <param name="Baseline">Those that were the past when the company was bootstrapped.</param>
public sealed record EventCounts(long Changes, long Baseline);

/// <summary>How a commit ended.</summary>
public enum CommitOutcome
{
    /// <summary>All of it is stored.</summary>
    Committed,

    /// <summary>Another writer moved an assignment first, or added one: nothing is stored; load and detect again.</summary>
    AssignmentMoved,

    /// <summary>Another writer moved the progress first: nothing is stored; begin again from where it stands now.</summary>
    ProgressMoved,
}

/// <summary>The store as polling sees it: one behaviour, whichever engine is behind it.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IEventStore
{
    /// <summary>Reads a company's progress; null when it was never begun.</summary>
    Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Begins a company's progress, unless another has begun it. Returns what holds now.</summary>
    /// <param name="startFrom">Where the feed is read from.</param>
    /// <param name="now">Parts the past from the news.</param>
    Task<FeedProgress> StartProgressAsync(
        Company company,
        DateTimeOffset startFrom,
        DateTimeOffset now,
        CancellationToken cancellationToken
    );

    /// <summary>Loads what is known under the given keys.</summary>
    Task<KnownAssignments> LoadKnownAsync(
        Company company,
        IReadOnlyCollection<AssignmentKey> keys,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Writes events, streams, snapshots, keys, outbox rows, quarantine and progress in one transaction. A conflict leaves
    /// nothing behind.
    /// </summary>
    /// <exception cref="StorageException">
    /// With <see cref="StorageFailureKind.OutcomeUnknown"/> the commit may have happened: begin again by reading progress
    /// and what is known, which shows whether it did.
    /// </exception>
    Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken);

    /// <summary>How many assignments of a company are known.</summary>
    Task<long> CountAssignmentsAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Counts a company's stored events: reads them all, so not for every minute.</summary>
    Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken);
}
