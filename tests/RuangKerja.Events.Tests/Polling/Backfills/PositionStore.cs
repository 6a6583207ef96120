using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Polling.Backfills;

/// <summary>A store that keeps the position of one backfill as the database does, by compare-and-set, and all commits.</summary>
internal sealed class PositionStore(DateTimeOffset startedAt) : IEventStore, IBackfillStore, ICatalogueStore
{
    private DateTimeOffset? _position;

    public DateTimeOffset Position => _position.ShouldNotBeNull();

    public List<ChunkCommit> Commits { get; } = [];

    /// <summary>Called before each commit with its number, 1 …: what it throws keeps the commit from happening.</summary>
    public Action<int> BeforeCommit { get; set; } = _ => { };

    /// <summary>Called after each commit with its number: what it throws is all the writer hears.</summary>
    public Action<int> AfterCommit { get; set; } = _ => { };

    public List<CourseStatusChanged> Events =>
        [.. Commits.SelectMany(c => c.Changes.Assignments).SelectMany(a => a.Events)];

    /// <summary>Another process has read on.</summary>
    public void Move(DateTimeOffset position) => _position = position;

    public Task<DateTimeOffset> StartAsync(
        Company company,
        BackfillRange range,
        bool restart,
        CancellationToken cancellationToken
    )
    {
        if (_position is null || restart)
            _position = range.From;
        return Task.FromResult(_position.Value);
    }

    public Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken)
    {
        BeforeCommit(Commits.Count + 1);
        var move = commit.Progress.ShouldBeOfType<BackfillMove>();
        if (move.From != _position)
            return Task.FromResult(CommitOutcome.ProgressMoved);

        _position = move.To;
        Commits.Add(commit);
        AfterCommit(Commits.Count);
        return Task.FromResult(CommitOutcome.Committed);
    }

    public Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken) =>
        Task.FromResult<FeedProgress?>(new FeedProgress(startedAt, startedAt, CaughtUp: true, Swept: true));

    public Task<KnownAssignments> LoadKnownAsync(
        Company company,
        IReadOnlyCollection<AssignmentKey> keys,
        CancellationToken cancellationToken
    ) => Task.FromResult(KnownAssignments.None);

    public Task<StoredCatalogue?> ReadAsync(Company company, CancellationToken cancellationToken) =>
        Task.FromResult<StoredCatalogue?>(null);

    public Task ReplaceAsync(
        Company company,
        Catalogue catalogue,
        DateTimeOffset readAt,
        CancellationToken cancellationToken
    ) => Task.CompletedTask;

    public Task<FeedProgress> StartProgressAsync(
        Company company,
        DateTimeOffset startFrom,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public Task<long> CountAssignmentsAsync(Company company, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
