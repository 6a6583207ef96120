using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.IntegrationTests.Relay;

/// <summary>The relay's bus and publisher on a virtual host of its own.</summary>
internal sealed class RelayFixture : IAsyncDisposable
{
    /// <summary>MassTransit's default name of the base type's exchange.</summary>
    public const string BaseExchange = "RuangKerja.Events.Contracts:CourseStatusChanged";

    private readonly ServiceProvider _services;

    private RelayFixture(ServiceProvider services, Uri broker)
    {
        _services = services;
        Broker = broker;
    }

    public Uri Broker { get; }

    public IEventPublisher Publisher => _services.GetRequiredService<IEventPublisher>();

    public static async Task<RelayFixture> StartAsync(Uri broker, TimeSpan? publishTimeout = null)
    {
        var options = new RelayOptions
        {
            RabbitMqUri = broker,
            PublishTimeout = publishTimeout ?? TimeSpan.FromSeconds(15),
        };
        var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(options)
            .AddRelayBus(options.RabbitMqUri)
            .AddSingleton<IEventPublisher, EventPublisher>()
            .BuildServiceProvider();
        var fixture = new RelayFixture(services, broker);
        // As the host does it: the start is not waited for.
        _ = services.GetRequiredService<IBusControl>().StartAsync(CancellationToken.None);
        return await Task.FromResult(fixture);
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

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _services.GetRequiredService<IBusControl>().StopAsync(deadline.Token);
        await _services.DisposeAsync();
    }
}
