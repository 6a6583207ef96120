using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Relay;

/// <summary>An outbox in a list, as the relay sees it.</summary>
internal sealed class ListedOutbox : IOutbox
{
    private readonly Lock _gate = new();
    private readonly List<PendingEvent> _pending = [];
    private long _sequence;

    /// <summary>How many rows a trim finds, one number per call; null fails.</summary>
    public Queue<int?> Trims { get; } = new();

    public IReadOnlyList<PendingEvent> Pending
    {
        get
        {
            lock (_gate)
                return [.. _pending];
        }
    }

    public void Add(string employee, long version = 1)
    {
        lock (_gate)
        {
            _pending.Add(
                new PendingEvent(
                    ++_sequence,
                    Guid.NewGuid(),
                    new AssignmentId($"ASGC-1/{employee}/0a1b2c3d"),
                    version,
                    MessagesTests.Stored with
                    {
                        EmployeeId = employee,
                    }
                )
            );
        }
    }

    public Task<IReadOnlyList<PendingEvent>> ReadPendingAsync(
        Company company,
        int limit,
        IReadOnlyCollection<AssignmentId> except,
        CancellationToken cancellationToken
    ) =>
        Task.FromResult<IReadOnlyList<PendingEvent>>([
            .. Pending.Where(row => !except.Contains(row.AssignmentId)).Take(limit),
        ]);

    public Task RemoveConfirmedAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        Remove(sequences);

    public Task SetAsideAsync(
        IReadOnlyCollection<long> sequences,
        SetAside state,
        string reason,
        CancellationToken cancellationToken
    ) => Remove(sequences);

    public Task<int> TrimUnroutableAsync(
        Company company,
        TimeSpan retention,
        int limit,
        CancellationToken cancellationToken
    ) =>
        Trims.Dequeue() is { } rows
            ? Task.FromResult(Math.Min(rows, limit))
            : throw PostgresFailures.Describe("Trimming", new TimeoutException());

    public Task<IReadOnlyList<OutboxHold>> ListHoldsAsync(Company company, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<OutboxHold>>([]);

    public Task<int> ReleaseAsync(Company company, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<int> DiscardAsync(Company company, CancellationToken cancellationToken) => Task.FromResult(0);

    public Task<OutboxCounts> CountAsync(Company company, CancellationToken cancellationToken) =>
        Task.FromResult(new OutboxCounts(Pending.Count, 0, 0, 0, null));

    private Task Remove(IReadOnlyCollection<long> sequences)
    {
        lock (_gate)
            _pending.RemoveAll(row => sequences.Contains(row.Sequence));
        return Task.CompletedTask;
    }
}
