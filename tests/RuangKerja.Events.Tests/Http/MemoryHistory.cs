using System.Collections.Concurrent;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Http;

/// <summary>A history in memory, with a horizon that the test sets, and failures on demand.</summary>
internal sealed class MemoryHistory : IEventHistory
{
    private readonly ConcurrentDictionary<long, StoredEvent> _events = new();
    private int _horizonReads;
    private int _waiting;
    private int _failedReads;

    public long Horizon { get; set; }

    /// <summary>What every method throws; null for none.</summary>
    public Exception? Trouble { get; set; }

    /// <summary>What the reading of whole events throws; null for none.</summary>
    public Exception? ReadTrouble { get; set; }

    /// <summary>How often it threw that.</summary>
    public int FailedReads => Volatile.Read(ref _failedReads);

    /// <summary>What every method waits for.</summary>
    public Task Ready { get; set; } = Task.CompletedTask;

    /// <summary>How many wait for it.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    public int HorizonReads => Volatile.Read(ref _horizonReads);

    /// <summary>From which sequence on events were looked for, the last time.</summary>
    public (long After, long Through, EventFilter Filter)? LastFind { get; private set; }

    /// <summary>Stores an event; it is below the horizon once the test says so.</summary>
    public StoredEvent Add(
        long sequence,
        string assignment = "S1/emp-1",
        long version = 1,
        CourseStatus status = CourseStatus.InProgress,
        ChangeKind kind = ChangeKind.Started,
        string company = "default",
        string? unreadable = null,
        DateTimeOffset? at = null
    )
    {
        var instant = at ?? new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(sequence);
        var stored = new StoredEvent(
            sequence,
            new Guid((int)sequence, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
            HttpBench.Named(company),
            new AssignmentId(assignment),
            version,
            instant,
            unreadable is not null
                ? null
                : new CourseStatusChanged
                {
                    EmployeeId = "emp-1",
                    CourseName = "Keselamatan & Kerja “dasar”",
                    PreviousStatus = CourseStatus.NotStarted,
                    Status = status,
                    Kind = kind,
                    Attempt = 1,
                    Inferred = false,
                    OccurredAt = instant.AddDays(-1),
                    OccurredAtPrecision = OccurredAtPrecision.Instant,
                    DetectedAt = instant,
                    Source = ObservationSource.Feed,
                },
            unreadable
        );
        _events[sequence] = stored;
        return stored;
    }

    public Task<long> ReadHorizonAsync(CancellationToken cancellationToken) => Answer(() => Horizon, cancellationToken);

    public Task<long> ReadLastSequenceAsync(CancellationToken cancellationToken) => ReadHorizonAsync(cancellationToken);

    public Task<long> ReadFeedHorizonAsync(IReadOnlyList<Company> companies, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _horizonReads);
        return Answer(() => Horizon, cancellationToken);
    }

    public Task<IReadOnlyList<long>> FindAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    )
    {
        LastFind = (after, through, filter);
        return Answer<IReadOnlyList<long>>(
            () =>
                [
                    .. _events
                        .Values.Where(e => e.Sequence > after && e.Sequence <= through)
                        .Where(e => filter.Kinds.Count == 0 || (e.Change is { } c && filter.Kinds.Contains(c.Kind)))
                        .Where(e => filter.Companies.Count == 0 || filter.Companies.Contains(e.Company))
                        .Select(e => e.Sequence)
                        .Order()
                        .Take(limit),
                ],
            cancellationToken
        );
    }

    public Task<IReadOnlyList<StoredEvent>> ReadAsync(
        IReadOnlyCollection<long> sequences,
        CancellationToken cancellationToken
    )
    {
        if (ReadTrouble is not { } trouble)
            return Answer<IReadOnlyList<StoredEvent>>(
                () => [.. sequences.Order().Select(sequence => _events[sequence])],
                cancellationToken
            );

        Interlocked.Increment(ref _failedReads);
        return Task.FromException<IReadOnlyList<StoredEvent>>(trouble);
    }

    public Task<EventSummary> SummariseAsync(
        EventFilter filter,
        long after,
        long through,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException("The API asks the desk.");

    public Task<IReadOnlyList<StoredEvent>> ReadTimelineAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) => Answer<IReadOnlyList<StoredEvent>>(() => [.. Of(assignment)], cancellationToken);

    public Task<StoredAssignment?> ReadAssignmentAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) => Answer(() => Of(assignment).LastOrDefault() is { } last ? Latest(last) : null, cancellationToken);

    public Task<IReadOnlyList<StoredAssignment>> ListAssignmentsAsync(
        AssignmentFilter filter,
        AssignmentReference? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Answer<IReadOnlyList<StoredAssignment>>(
            () =>
                [
                    .. _events
                        .Values.GroupBy(e => (e.Company.Name, e.AssignmentId.Value))
                        .OrderBy(group => group.Key.Name, StringComparer.Ordinal)
                        .ThenBy(group => group.Key.Value, StringComparer.Ordinal)
                        .Where(group => after is null || IsBehind(group.Key, after))
                        .Take(limit)
                        .Select(group => Latest(group.OrderBy(e => e.Version).Last())),
                ],
            cancellationToken
        );

    private static bool IsBehind((string Company, string Id) key, AssignmentReference after) =>
        string.CompareOrdinal(key.Company, after.Company.Name) is var order
        && (order > 0 || (order == 0 && string.CompareOrdinal(key.Id, after.AssignmentId.Value) > 0));

    private IEnumerable<StoredEvent> Of(AssignmentReference assignment) =>
        _events
            .Values.Where(e => e.Company == assignment.Company && e.AssignmentId == assignment.AssignmentId)
            .OrderBy(e => e.Version);

    private static StoredAssignment Latest(StoredEvent last) =>
        new(last.Company, CourseStatusSnapshot.After(last.AssignmentId, last.Version, last.Change!));

    private async Task<T> Answer<T>(Func<T> answer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _waiting);
        await Ready.WaitAsync(cancellationToken);
        Interlocked.Decrement(ref _waiting);
        return Trouble is { } trouble ? throw trouble : answer();
    }
}
