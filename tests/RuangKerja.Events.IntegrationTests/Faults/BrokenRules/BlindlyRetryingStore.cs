using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Faults.BrokenRules;

/// <summary>
/// A store that does not ask what became of a commit whose answer was lost: it appends the same changes again, at whatever
/// version the streams have now.
/// </summary>
/// <param name="committing">Called before each commit that has something to tell.</param>
/// <param name="unknown">Called when the outcome of one is not known.</param>
/// <param name="repeated">Called when its changes are stored, perhaps again.</param>
internal sealed class BlindlyRetryingStore(IEventStore store, Action committing, Action unknown, Action repeated)
    : IEventStore
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<CommitOutcome> CommitAsync(ChunkCommit commit, CancellationToken cancellationToken)
    {
        if (commit.Changes.EventCount > 0)
            committing();
        try
        {
            return await store.CommitAsync(commit, cancellationToken);
        }
        catch (StorageException lost) when (lost.Kind == StorageFailureKind.OutcomeUnknown)
        {
            unknown();
            var outcome = await AppendAgainAsync(commit, cancellationToken);
            repeated();
            return outcome;
        }
    }

    public Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken) =>
        store.ReadProgressAsync(company, cancellationToken);

    public Task<FeedProgress> StartProgressAsync(
        Company company,
        DateTimeOffset startFrom,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => store.StartProgressAsync(company, startFrom, now, cancellationToken);

    public Task<KnownAssignments> LoadKnownAsync(
        Company company,
        IReadOnlyCollection<AssignmentKey> keys,
        CancellationToken cancellationToken
    ) => store.LoadKnownAsync(company, keys, cancellationToken);

    public Task<long> CountAssignmentsAsync(Company company, CancellationToken cancellationToken) =>
        store.CountAssignmentsAsync(company, cancellationToken);

    public Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken) =>
        store.CountEventsAsync(company, cancellationToken);

    private async Task<CommitOutcome> AppendAgainAsync(ChunkCommit commit, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                var again = await AtAnyVersionAsync(commit, cancellationToken);
                return await store.CommitAsync(again, cancellationToken);
            }
            catch (StorageException away) when (away.Kind == StorageFailureKind.Unavailable)
            {
                // Connections of the pool that the fault has broken fail once each.
                await Task.Delay(Pause, TimeProvider.System, cancellationToken);
            }
        }
    }

    private async Task<ChunkCommit> AtAnyVersionAsync(ChunkCommit commit, CancellationToken cancellationToken)
    {
        var changes = commit.Changes;
        var keys = changes.Assignments.Select(a => KeyOf(a.Snapshot)).Distinct().ToList();
        var known = await store.LoadKnownAsync(commit.Company, keys, cancellationToken);
        return commit with
        {
            Progress = new NoMove(),
            Changes = changes with
            {
                Assignments = [.. changes.Assignments.Select(a => At(a, known))],
                Claims = [.. changes.Claims.Where(claim => !claim.Added.Any(known.Snapshots.ContainsKey))],
            },
        };
    }

    private static AssignmentChanges At(AssignmentChanges one, KnownAssignments known)
    {
        var version = known.Snapshots.GetValueOrDefault(one.AssignmentId)?.Version ?? 0;
        return one with { Before = version, Snapshot = one.Snapshot with { Version = version + one.Events.Count } };
    }

    private static AssignmentKey KeyOf(CourseStatusSnapshot snapshot) =>
        AssignmentKey.ByName(snapshot.EmployeeId, AssignmentId.NormaliseCourseName(snapshot.CourseName));
}
