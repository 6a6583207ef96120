using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>How far a company's feed is proven read.</summary>
/// <param name="Watermark">The instant up to which it is.</param>
/// <param name="Bootstrapped">False until the past has been read once: first sights are baseline till then.</param>
public sealed record FeedProgress(DateTimeOffset Watermark, bool Bootstrapped);

/// <summary>A move of the watermark, from what was read to what is now proven. Equal ends hold it where it is.</summary>
/// <param name="Bootstrapped">True when the past is read with this window.</param>
public sealed record WatermarkMove(DateTimeOffset From, DateTimeOffset To, bool Bootstrapped);

/// <summary>Everything one window came to, written in one transaction or not at all.</summary>
/// <param name="PublishBaseline">True when baseline events go to the outbox like any other.</param>
public sealed record FeedCommit(
    Company Company,
    WatermarkMove Watermark,
    ChangeSet Changes,
    IReadOnlyList<RejectedRow> Rejected,
    bool PublishBaseline
)
{
    /// <summary>Quarantined rows that this commit makes good; they leave the quarantine with it.</summary>
    public IReadOnlyList<long> Resolved { get; init; } = [];

    /// <summary>How many of the events go to the outbox.</summary>
    public int PublishedCount => Changes.Assignments.Sum(a => a.Events.Count(IsPublished));

    /// <summary>Whether an event goes to the outbox.</summary>
    public bool IsPublished(CourseStatusChanged change) => PublishBaseline || !change.Baseline;
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

    /// <summary>Another writer moved a stream first: nothing is stored; load the snapshots and detect again.</summary>
    StreamMoved,

    /// <summary>Another writer moved the watermark first: nothing is stored; begin again from the new watermark.</summary>
    WatermarkMoved,
}

/// <summary>The store as polling sees it: one behaviour, whichever engine is behind it.</summary>
/// <remarks>Every method throws <see cref="StorageException"/> when the database does not do its part.</remarks>
public interface IEventStore
{
    /// <summary>Reads a company's progress; null when it was never begun.</summary>
    Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken);

    /// <summary>Begins a company's progress at an instant, unless another has begun it. Returns what holds now.</summary>
    Task<FeedProgress> StartProgressAsync(
        Company company,
        DateTimeOffset startFrom,
        CancellationToken cancellationToken
    );

    /// <summary>Loads the snapshots there are among the given assignments.</summary>
    Task<IReadOnlyDictionary<AssignmentId, CourseStatusSnapshot>> LoadSnapshotsAsync(
        Company company,
        IReadOnlyCollection<AssignmentId> assignments,
        CancellationToken cancellationToken
    );

    /// <summary>
    /// Writes events, streams, snapshots, outbox rows, quarantine and watermark in one transaction. A conflict leaves
    /// nothing behind.
    /// </summary>
    /// <exception cref="StorageException">
    /// With <see cref="StorageFailureKind.OutcomeUnknown"/> the commit may have happened: begin again by reading progress
    /// and snapshots, which shows whether it did.
    /// </exception>
    Task<CommitOutcome> CommitAsync(FeedCommit commit, CancellationToken cancellationToken);

    /// <summary>Counts a company's stored events: reads them all, so not for every minute.</summary>
    Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken);
}
