using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Backfills;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events;

/// <content>What each company has for itself.</content>
public static partial class EventPipeline
{
    /// <summary>One company's reading, for the poller and for commands by hand; to be disposed of.</summary>
    public static PolledCompany CreatePolledCompany(
        this IServiceProvider provider,
        PipelineOptions options,
        CompanyOptions company
    )
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var logs = provider.GetRequiredService<ILoggerFactory>();
        var store = provider.GetRequiredService<IEventStore>();
        var name = company.Company;
        var api = RuangKerjaApi.Create(company.Api, time, logs);
        var catalogue = new CompanyCatalogue(
            name,
            api,
            provider.GetRequiredService<ICatalogueStore>(),
            time,
            logs.CreateLogger<CompanyCatalogue>()
        );
        var writer = new ChunkWriter(name, store, options.Detection, options.SurgeLimit, time);
        var pieces = new FeedPieceWriter(catalogue, writer, options.Detection.QuarantineLimit, time);
        var feed = new FeedCycleOptions(options.Polling.Feed, options.Polling.Rosters.Enabled);
        return new PolledCompany(
            name,
            catalogue,
            new FeedCycle(name, NewReader(OnTrouble), pieces, store, feed, time),
            new RosterSweep(
                name,
                api,
                catalogue,
                store,
                provider.GetRequiredService<ISweepStore>(),
                writer,
                company.Api.TimeZone,
                time
            ),
            new Backfill(
                name,
                NewReader(),
                pieces,
                store,
                provider.GetRequiredService<IBackfillStore>(),
                options.Polling.Feed,
                time
            ),
            api
        );

        // Each reading has a pace of its own.
        FeedReader NewReader(Action<RuangKerjaApiException>? onTrouble = null) =>
            new(name, api, options.Polling.Feed, time, logs.CreateLogger<FeedReader>(), onTrouble);

        // A command by hand has no health to tell.
        void OnTrouble(RuangKerjaApiException error) => provider.GetService<FeedReports>()?.Narrowed(name, error);
    }

    private static RelayLoop CreateRelay(this IServiceProvider provider, RelayOptions options, Company company)
    {
        var time = provider.GetRequiredService<TimeProvider>();
        var outbox = provider.GetRequiredService<IOutbox>();
        var broker = provider.GetRequiredService<BrokerState>();
        return new RelayLoop(
            new OutboxRelay(
                company,
                outbox,
                provider.GetRequiredService<IEventPublisher>(),
                broker,
                provider.GetRequiredService<InstanceLeases>()[company, LeaseRole.Relay],
                options,
                time
            ),
            new RelayDatabase(outbox, provider.GetRequiredService<DatabaseSchema>(), options, time),
            provider.GetRequiredService<OutboxSignal>(),
            broker,
            provider.GetRequiredService<RelayReports>(),
            options,
            time
        );
    }
}
