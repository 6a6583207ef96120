using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events;

/// <summary>
/// The pipeline's table of contents, in the order in which a change travels:
/// <c>Api → Polling → Detection → Storage ──outbox──► Relay → RabbitMQ</c>.
/// </summary>
public static class EventPipeline
{
    /// <summary>Registers every stage; what runs starts with the host.</summary>
    public static IServiceCollection AddEventPipeline(this IServiceCollection services, PipelineOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<HealthBoard>();
        services.AddSingleton<PipelineMetrics>();
        return services.AddStorage(options).AddPolling(options).AddRelay(options);
    }

    /// <summary>The database and what reads and writes it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddSingleton(_ => new Database(options.Storage))
            .AddSingleton<DatabaseSchema>()
            .AddSingleton<IEventStore, PostgresEventStore>()
            .AddSingleton<IOutbox, PostgresOutbox>()
            .AddSingleton<IQuarantine, PostgresQuarantine>();

    /// <summary>Reading the API and detecting changes, company by company.</summary>
    private static IServiceCollection AddPolling(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddSingleton(options.Feed)
            .AddSingleton<FeedReports>()
            .AddSingleton(provider => new PolledCompanies([
                .. options.Companies.Select(company => provider.CreatePolledCompany(options, company)),
            ]))
            .AddHostedService<FeedPoller>();

    /// <summary>From the outbox to the broker.</summary>
    private static IServiceCollection AddRelay(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddRelayBus(options.Relay.RabbitMqUri)
            .AddSingleton(options.Relay)
            .AddSingleton<IReadOnlyList<Company>>([.. options.Companies.Select(c => c.Company)])
            .AddSingleton<OutboxSignal>()
            .AddSingleton<IEventPublisher, EventPublisher>()
            .AddSingleton<IReadOnlyList<OutboxRelay>>(provider =>
                [.. options.Companies.Select(company => provider.CreateRelay(options, company.Company))]
            )
            .AddHostedService<BrokerMonitor>()
            .AddHostedService<OutboxListener>()
            .AddHostedService<RelayService>();

    /// <summary>One company's cycle, for the poller and for a single poll by hand; to be disposed of.</summary>
    public static PolledCompany CreatePolledCompany(
        this IServiceProvider provider,
        PipelineOptions options,
        CompanyOptions company
    )
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var logs = provider.GetRequiredService<ILoggerFactory>();
        var api = RuangKerjaApi.Create(company.Api, time, logs);
        var store = provider.GetRequiredService<IEventStore>();
        var reader = new FeedReader(company.Company, api, options.Feed, time, logs.CreateLogger<FeedReader>());
        var cycle = new FeedCycle(company.Company, reader, store, options.Feed, options.Detection, time);
        return new PolledCompany(company.Company, cycle, api);
    }

    private static OutboxRelay CreateRelay(this IServiceProvider provider, PipelineOptions options, Company company) =>
        new(
            company,
            provider.GetRequiredService<IOutbox>(),
            provider.GetRequiredService<IEventPublisher>(),
            options.Relay,
            provider.GetRequiredService<TimeProvider>()
        );
}
