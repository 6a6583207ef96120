using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.IntegrationTests.Relay;

/// <summary>The relay's bus and publisher on a virtual host of its own.</summary>
internal sealed class RelayFixture : IAsyncDisposable
{
    /// <summary>MassTransit's default name of the base type's exchange.</summary>
    public const string BaseExchange = "RuangKerja.Events.Contracts:CourseStatusChanged";

    private readonly RelayConnection _connection;

    private RelayFixture(RelayOptions options)
    {
        Broker = options.RabbitMqUri;
        var credentials = new BrokerCredentials(options, NullLogger<BrokerCredentials>.Instance);
        _connection = new RelayConnection(options, credentials, TimeProvider.System, NullLoggerFactory.Instance);
        Publisher = new EventPublisher(_connection, options, TimeProvider.System);
    }

    public Uri Broker { get; }

    public IEventPublisher Publisher { get; }

    public static Task<RelayFixture> StartAsync(Uri broker, TimeSpan? publishTimeout = null)
    {
        var options = new RelayOptions { RabbitMqUri = broker };
        return Task.FromResult(
            new RelayFixture(options with { PublishTimeout = publishTimeout ?? options.PublishTimeout })
        );
    }

    public static CourseStatusChanged Change(string kind = ChangeKinds.Completed, long version = 3)
    {
        var change = new CourseStatusChanged
        {
            EventId = Guid.NewGuid(),
            Sequence = 42,
            Company = "default",
            AssignmentId = "ASGC-1/ID-1/0a1b2c3d",
            Version = version,
            EmployeeId = "ID-1",
            CourseName = "Keselamatan Kerja",
            AssignedCourseSerial = "ASGC-1",
            PreviousStatus = CourseStatuses.InProgress,
            Status = CourseStatuses.Completed,
            Kind = kind,
            Attempt = 1,
            Inferred = false,
            OccurredAt = new DateTimeOffset(2026, 1, 31, 5, 0, 0, TimeSpan.Zero),
            OccurredAtPrecision = Precisions.Instant,
            DetectedAt = new DateTimeOffset(2026, 1, 31, 5, 0, 10, TimeSpan.Zero),
            CompletedAt = new DateTimeOffset(2026, 1, 31, 5, 0, 0, TimeSpan.Zero),
            PostTest = 87.5,
            Source = Sources.Feed,
        };
        return kind == ChangeKinds.Completed ? new CourseCompleted(change) : new CourseStarted(change);
    }

    public async ValueTask DisposeAsync() => await _connection.StopAsync(CancellationToken.None);
}
