using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Marten;

/// <summary>The store whose commits go through Marten. Reading is the same SQL as with the other engine.</summary>
public sealed partial class MartenEventStore(Database database) : IEventStore, IAsyncDisposable
{
    private readonly PostgresEventStore _reading = new(database);

    /// <inheritdoc />
    public Task<FeedProgress?> ReadProgressAsync(Company company, CancellationToken cancellationToken) =>
        _reading.ReadProgressAsync(company, cancellationToken);

    /// <inheritdoc />
    public Task<FeedProgress> StartProgressAsync(
        Company company,
        DateTimeOffset startFrom,
        DateTimeOffset now,
        CancellationToken cancellationToken
    ) => _reading.StartProgressAsync(company, startFrom, now, cancellationToken);

    /// <inheritdoc />
    public Task<KnownAssignments> LoadKnownAsync(
        Company company,
        IReadOnlyCollection<AssignmentKey> keys,
        CancellationToken cancellationToken
    ) => _reading.LoadKnownAsync(company, keys, cancellationToken);

    /// <inheritdoc />
    public Task<long> CountAssignmentsAsync(Company company, CancellationToken cancellationToken) =>
        _reading.CountAssignmentsAsync(company, cancellationToken);

    /// <inheritdoc />
    public Task<EventCounts> CountEventsAsync(Company company, CancellationToken cancellationToken) =>
        _reading.CountEventsAsync(company, cancellationToken);

    /// <summary>Ends Marten's own work; the database stays open.</summary>
    public ValueTask DisposeAsync() => _documents.DisposeAsync();
}
