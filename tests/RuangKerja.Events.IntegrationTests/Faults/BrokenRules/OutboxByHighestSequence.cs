using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.IntegrationTests.Faults.BrokenRules;

/// <summary>An outbox that is read from the highest sequence seen on: what commits late with a lower one is passed over.</summary>
internal sealed class OutboxByHighestSequence(IOutbox outbox) : IOutbox
{
    private long _highest;

    public async Task<IReadOnlyList<PendingEvent>> ReadPendingAsync(
        Company company,
        int limit,
        IReadOnlyCollection<AssignmentId> except,
        CancellationToken cancellationToken
    )
    {
        var pending = await outbox.ReadPendingAsync(company, limit, except, cancellationToken);
        var later = pending.Where(row => row.Sequence > _highest).ToList();
        _highest = later.Count == 0 ? _highest : later.Max(row => row.Sequence);
        return later;
    }

    public Task RemoveConfirmedAsync(IReadOnlyCollection<long> sequences, CancellationToken cancellationToken) =>
        outbox.RemoveConfirmedAsync(sequences, cancellationToken);

    public Task SetAsideAsync(
        IReadOnlyCollection<long> sequences,
        SetAside state,
        string reason,
        CancellationToken cancellationToken
    ) => outbox.SetAsideAsync(sequences, state, reason, cancellationToken);

    public Task<int> TrimUnroutableAsync(
        Company company,
        TimeSpan retention,
        int limit,
        CancellationToken cancellationToken
    ) => outbox.TrimUnroutableAsync(company, retention, limit, cancellationToken);

    public Task<IReadOnlyList<OutboxHold>> ListHoldsAsync(Company company, CancellationToken cancellationToken) =>
        outbox.ListHoldsAsync(company, cancellationToken);

    public Task<int> ReleaseAsync(Company company, CancellationToken cancellationToken) =>
        outbox.ReleaseAsync(company, cancellationToken);

    public Task<int> DiscardAsync(Company company, CancellationToken cancellationToken) =>
        outbox.DiscardAsync(company, cancellationToken);

    public Task<OutboxCounts> CountAsync(Company company, CancellationToken cancellationToken) =>
        outbox.CountAsync(company, cancellationToken);
}
