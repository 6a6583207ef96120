using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Storage.History;

/// <summary>The history for those from outside: every question takes a place at the gate for as long as it runs.</summary>
public sealed class GatedHistory(IEventHistory history, ReaderGate gate) : IEventHistory
{
    /// <inheritdoc />
    public Task<long> ReadLastSequenceAsync(CancellationToken cancellationToken) =>
        gate.RunAsync(
            "Reading the last sequence",
            () => history.ReadLastSequenceAsync(cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<long> ReadHorizonAsync(CancellationToken cancellationToken) =>
        gate.RunAsync("Reading the horizon", () => history.ReadHorizonAsync(cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<long> ReadFeedHorizonAsync(IReadOnlyList<Company> companies, CancellationToken cancellationToken) =>
        gate.RunAsync(
            "Reading the feed's horizon",
            () => history.ReadFeedHorizonAsync(companies, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<long>> FindAsync(
        EventFilter filter,
        long after,
        long through,
        int limit,
        CancellationToken cancellationToken
    ) =>
        gate.RunAsync(
            "Finding events",
            () => history.FindAsync(filter, after, through, limit, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredEvent>> ReadAsync(
        IReadOnlyCollection<long> sequences,
        CancellationToken cancellationToken
    ) =>
        gate.RunAsync(
            "Reading stored events",
            () => history.ReadAsync(sequences, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<EventSummary> SummariseAsync(
        EventFilter filter,
        long after,
        long through,
        CancellationToken cancellationToken
    ) =>
        gate.RunAsync(
            "Counting events",
            () => history.SummariseAsync(filter, after, through, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredEvent>> ReadTimelineAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) =>
        gate.RunAsync(
            "Reading the events of an assignment",
            () => history.ReadTimelineAsync(assignment, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<StoredAssignment?> ReadAssignmentAsync(
        AssignmentReference assignment,
        CancellationToken cancellationToken
    ) =>
        gate.RunAsync(
            "Reading an assignment",
            () => history.ReadAssignmentAsync(assignment, cancellationToken),
            cancellationToken
        );

    /// <inheritdoc />
    public Task<IReadOnlyList<StoredAssignment>> ListAssignmentsAsync(
        AssignmentFilter filter,
        AssignmentReference? after,
        int limit,
        CancellationToken cancellationToken
    ) =>
        gate.RunAsync(
            "Listing assignments",
            () => history.ListAssignmentsAsync(filter, after, limit, cancellationToken),
            cancellationToken
        );
}
