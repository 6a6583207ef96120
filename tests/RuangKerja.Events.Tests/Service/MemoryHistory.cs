using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Tests.Storage;

namespace RuangKerja.Events.Tests.Service;

/// <summary>Stored events by sequence, with a horizon that the test moves; filters are the database's business.</summary>
internal sealed class MemoryHistory : UnaskedHistory
{
    private readonly SortedDictionary<long, StoredEvent> _events = [];

    public long Horizon { get; set; }

    /// <summary>How many pages can be read until the database is away; null for all.</summary>
    public int? PagesLeft { get; set; }

    public void Add(params long[] sequences)
    {
        foreach (var sequence in sequences)
            _events[sequence] = Event(sequence);
    }

    public override Task<long> ReadHorizonAsync(CancellationToken cancellationToken) => Task.FromResult(Horizon);

    public override Task<long> ReadLastSequenceAsync(CancellationToken cancellationToken) =>
        ReadHorizonAsync(cancellationToken);

    public override Task<long> ReadFeedHorizonAsync(
        IReadOnlyList<Company> companies,
        CancellationToken cancellationToken
    ) => Task.FromResult(Horizon);

    public override Task<IReadOnlyList<long>> FindAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<long>>([
            .. _events.Keys.Where(sequence => sequence > after && sequence <= through).Take(limit),
        ]);
    }

    public override Task<IReadOnlyList<StoredEvent>> ReadAsync(
        IReadOnlyCollection<long> sequences,
        CancellationToken cancellationToken
    )
    {
        if (PagesLeft-- == 0)
            throw Http.Trouble.Database();
        return Task.FromResult<IReadOnlyList<StoredEvent>>([.. sequences.Select(sequence => _events[sequence])]);
    }

    private static StoredEvent Event(long sequence) =>
        new(
            sequence,
            Guid.NewGuid(),
            Company.Default,
            new AssignmentId("A/1"),
            sequence,
            DateTimeOffset.UnixEpoch.AddSeconds(sequence),
            new CourseStatusChanged
            {
                EmployeeId = "E-1",
                CourseName = "Safety",
                PreviousStatus = CourseStatus.NotStarted,
                Status = CourseStatus.InProgress,
                Kind = ChangeKind.Started,
                Attempt = 1,
                Inferred = false,
                OccurredAt = DateTimeOffset.UnixEpoch,
                OccurredAtPrecision = OccurredAtPrecision.Instant,
                DetectedAt = DateTimeOffset.UnixEpoch,
                Source = ObservationSource.Feed,
            }
        );
}
