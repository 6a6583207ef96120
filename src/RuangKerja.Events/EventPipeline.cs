using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Leases;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events;

/// <summary>
/// The pipeline's table of contents, in the order in which a change travels:
/// <c>Api → Polling → Detection → Storage ──outbox──► Relay → RabbitMQ</c>.
/// </summary>
public static partial class EventPipeline
{
    /// <summary>Registers every stage; what runs starts with the host.</summary>
    public static IServiceCollection AddEventPipeline(this IServiceCollection services, PipelineOptions options)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton<HealthBoard>();
        services.AddSingleton<PipelineMetrics>();
        services.AddSingleton<IReadOnlyList<Company>>([.. options.Companies.Select(c => c.Company)]);
        return services
            .AddStorage(options)
            .AddHistory()
            .AddLeases(options)
            .AddBacklogs(options)
            .AddPolling(options)
            .AddReplays()
            .AddRelay(options)
            .AddReplayDesk(options)
            .AddReplayRequests();
    }

    /// <summary>The database and what reads and writes it.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddSingleton(provider => new Database(options.Storage, provider.GetRequiredService<ILogger<Database>>()))
            .AddSingleton<DatabaseSchema>()
            .AddSingleton(provider => options.Storage.Engine.CreateStore(provider.GetRequiredService<Database>()))
            .AddSingleton<IOutbox, PostgresOutbox>()
            .AddSingleton<IBacklogStore, PostgresBacklogStore>()
            .AddSingleton<IQuarantine, PostgresQuarantine>()
            .AddSingleton<ICatalogueStore, PostgresCatalogueStore>()
            .AddSingleton<ISweepStore, PostgresSweepStore>()
            .AddSingleton<IBackfillStore, PostgresBackfillStore>()
            .AddSingleton<IReplayStore, PostgresReplayStore>()
            .AddSingleton<ReplaySignal>();

    /// <summary>What reads the stored past, for replays and for those who ask.</summary>
    public static IServiceCollection AddHistory(this IServiceCollection services) =>
        services
            .AddSingleton<IEventHistory, PostgresEventHistory>()
            .AddSingleton(provider => new ReaderGate(
                ReaderGate.PlacesOf(provider.GetRequiredService<Database>().Options),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<GatedHistory>();

    /// <summary>Which instance does what only one may; to be started before, and stopped after, what needs a lease.</summary>
    private static IServiceCollection AddLeases(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddSingleton<ILeaseStore, PostgresLeaseStore>()
            .AddSingleton(provider => new InstanceLeases(
                options.Companies.Select(c => c.Company),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddHostedService<LeaseKeeper>();

    /// <summary>What waits in the database, for health and for the polling brake.</summary>
    private static IServiceCollection AddBacklogs(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddSingleton(new OutboxBudget(options.OutboxBudget))
            .AddSingleton<Backlogs>()
            .AddSingleton<BacklogMetrics>()
            .AddSingleton<BacklogReports>()
            .AddHostedService<BacklogMonitor>();

    /// <summary>Reading the API and detecting changes, company by company.</summary>
    private static IServiceCollection AddPolling(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddSingleton(options.Polling)
            .AddSingleton(options.Polling.Feed)
            .AddSingleton<PollingBrake>()
            .AddSingleton<FeedReports>()
            .AddSingleton<SweepReports>()
            .AddSingleton<ISweepQueue>(provider => new SweepQueue(
                provider.GetRequiredService<CommandBus>().GetAsync,
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton(provider => new PolledCompanies([
                .. options.Companies.Select(company => provider.CreatePolledCompany(options, company)),
            ]))
            .AddHostedService<FeedPoller>()
            .AddHostedService<SweepDispatcher>();

    /// <summary>From the outbox to the broker.</summary>
    private static IServiceCollection AddRelay(this IServiceCollection services, PipelineOptions options) =>
        services
            .AddBus(options)
            .AddSingleton(options.Relay)
            .AddSingleton<OutboxSignal>()
            .AddSingleton<BrokerCredentials>()
            .AddSingleton<BrokerState>()
            .AddSingleton<BrokerReports>()
            .AddHostedService<BrokerMonitor>()
            .AddSingleton<RelayConnection>()
            .AddHostedService(provider => provider.GetRequiredService<RelayConnection>())
            .AddSingleton<IEventPublisher, EventPublisher>()
            .AddSingleton<LiveLane>()
            .AddSingleton<RelayReports>()
            .AddSingleton<IReadOnlyList<RelayLoop>>(provider =>
                [.. options.Companies.Select(company => provider.CreateRelay(options.Relay, company.Company))]
            )
            .AddHostedService<DatabaseListener>()
            .AddHostedService<RelayService>();

    /// <summary>
    /// Where replays are asked for, for every door: beside the pipeline, or with <see cref="AddStorage"/> alone.
    /// </summary>
    public static IServiceCollection AddReplayDesk(this IServiceCollection services, PipelineOptions options)
    {
        services.TryAddSingleton(options.Relay);
        services.TryAddSingleton<BrokerCredentials>();
        return services
            .AddSingleton(options.Replay)
            .AddSingleton<IQueueProbe, QueueProbe>()
            .AddSingleton<IReplayDesk>(provider => new ReplayDesk(
                provider.GetRequiredService<GatedHistory>(),
                provider.GetRequiredService<IReplayStore>(),
                provider.GetRequiredService<IQueueProbe>(),
                options.Replay,
                options.Relay,
                [.. options.Companies.Select(company => company.Company)],
                provider.GetRequiredService<TimeProvider>()
            ));
    }

    /// <summary>Running what was asked for; waited for at a stop after the relay, for it begins to end before.</summary>
    private static IServiceCollection AddReplays(this IServiceCollection services) =>
        services
            .AddSingleton(provider => new ReplayBroker(
                provider.GetRequiredService<RelayOptions>(),
                provider.GetRequiredService<BrokerCredentials>(),
                provider.GetRequiredService<BrokerState>(),
                provider.GetRequiredService<LiveLane>(),
                provider.GetRequiredService<TimeProvider>()
            ))
            .AddSingleton<ReplayReports>()
            .AddHostedService<ReplayWorker>();

    /// <summary>Replays that are asked for by the bus: their requests, and word of their ends.</summary>
    private static IServiceCollection AddReplayRequests(this IServiceCollection services) =>
        services
            .AddSingleton<IAnswerSender, AnswerSender>()
            .AddSingleton<ReplayRequestReports>()
            .AddSingleton<ReplayAnswers>()
            .AddSingleton<ReplayRequestConsumer>()
            .AddHostedService<ReplayTeller>()
            // Beside the bus of sweeps: an endpoint that cannot start keeps all others of its bus from starting. AddHostedService
            // would take the second of a class for the first.
            .AddSingleton<IHostedService>(provider =>
                provider.CreateBus("replay-requests", bus => ReplayRequestQueue.Configure(bus, provider))
            );

    /// <summary>The bus on which commands of sweeps come.</summary>
    private static IServiceCollection AddBus(this IServiceCollection services, PipelineOptions options)
    {
        services.AddScoped<SweepRosterConsumer>();
        services.AddSingleton(provider => provider.CreateBus("commands", Configure(provider)));
        return services.AddHostedService(provider => provider.GetRequiredService<CommandBus>());

        Action<IRabbitMqBusFactoryConfigurator> Configure(IServiceProvider provider) =>
            bus =>
            {
                if (options.Polling.Rosters.Enabled)
                    SweepQueue.Configure(bus, provider, options.Polling.Rosters);
            };
    }

    private static CommandBus CreateBus(
        this IServiceProvider provider,
        string name,
        Action<IRabbitMqBusFactoryConfigurator> endpoints
    ) => ActivatorUtilities.CreateInstance<CommandBus>(provider, name, endpoints);
}
