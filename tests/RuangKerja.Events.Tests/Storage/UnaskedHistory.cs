using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Storage;

/// <summary>A history of which nothing can be asked: a stand-in answers what its tests ask, and no more.</summary>
internal abstract class UnaskedHistory : IEventHistory
{
    public virtual Task<long> ReadHorizonAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<long> ReadLastSequenceAsync(CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public virtual Task<long> ReadFeedHorizonAsync(
        IReadOnlyList<Company> companies,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<long>> FindAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<StoredEvent>> ReadAsync(
        IReadOnlyCollection<long> sequences,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<EventSummary> SummariseAsync(
        EventFilter filter,
        long after,
        long through,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<StoredEvent>> ReadTimelineAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<StoredAssignment?> ReadAssignmentAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();

    public virtual Task<IReadOnlyList<StoredAssignment>> ListAssignmentsAsync(
        AssignmentFilter filter,
        AssignmentReference? after,
        int limit,
        CancellationToken cancellationToken
    ) => throw new NotSupportedException();
}
