using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RuangKerja.Events.Subscriber.Gaps;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Inbox.Postgres;
using RuangKerja.Events.Subscriber.Replays;

namespace RuangKerja.Events.Subscriber;

/// <summary>Chooses the inbox in the subscriber's own PostgreSQL.</summary>
public static class PostgresInboxRegistrations
{
    /// <summary>
    /// Remembers in the subscriber's own database, over a pool of the kit's own with prepared statements. It has room for as many
    /// connections as messages are handled at once, and four, were the connection string's <c>Maximum Pool Size</c> smaller.
    /// </summary>
    /// <param name="connectionString">Npgsql's. A secret: it is not logged.</param>
    public static SubscriberOptions UsePostgresInbox(
        this SubscriberOptions options,
        string connectionString,
        Action<PostgresInboxOptions>? configure = null
    ) =>
        options.UsePostgresInbox(
            (_, settings) => new InboxConnections(connectionString, settings.Concurrency),
            InboxConnections.FaultsOf(connectionString),
            configure
        );

    /// <summary>Remembers in the subscriber's own database, over the team's connections.</summary>
    /// <param name="source">
    /// Its pool must have room for as many connections as messages are handled at once, and four. <c>Max Auto Prepare</c> in its
    /// connection string spares the server work with each message. The team disposes of it.
    /// </param>
    public static SubscriberOptions UsePostgresInbox(
        this SubscriberOptions options,
        NpgsqlDataSource source,
        Action<PostgresInboxOptions>? configure = null
    ) => options.UsePostgresInbox((_, settings) => new InboxConnections(source, settings), [], configure);

    /// <inheritdoc cref="UsePostgresInbox(SubscriberOptions, NpgsqlDataSource, Action{PostgresInboxOptions})"/>
    public static SubscriberOptions UsePostgresInbox(
        this SubscriberOptions options,
        Func<IServiceProvider, NpgsqlDataSource> source,
        Action<PostgresInboxOptions>? configure = null
    ) =>
        options.UsePostgresInbox(
            (provider, settings) => new InboxConnections(source(provider), settings),
            [],
            configure
        );

    private static SubscriberOptions UsePostgresInbox(
        this SubscriberOptions options,
        Func<IServiceProvider, SubscriberSettings, InboxConnections> connect,
        IEnumerable<string> faults,
        Action<PostgresInboxOptions>? configure
    )
    {
        var chosen = new PostgresInboxOptions();
        configure?.Invoke(chosen);
        options.Inbox = new InboxChoice(
            (provider, settings) => provider.GetRequiredKeyedService<PostgresInboxParts>(settings.Queue).Inbox,
            FillsGaps: true,
            [.. faults, .. chosen.Faults()],
            (services, settings) =>
            {
                services.AddKeyedSingleton(
                    settings.Queue,
                    (provider, _) =>
                        new PostgresInboxParts(
                            connect(provider, settings),
                            settings,
                            chosen,
                            provider.GetRequiredService<ILoggerFactory>()
                        )
                );
                services.AddTrimming(settings.Queue, chosen);
                if (settings.FillGaps)
                    services.AddGaps(settings.Queue);
            }
        );
        return options;
    }

    private static void AddTrimming(this IServiceCollection services, string queue, PostgresInboxOptions options) =>
        services.AddSingleton<IHostedService>(provider => new InboxTrimming(
            provider.GetRequiredKeyedService<PostgresInboxParts>(queue),
            queue,
            options,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<InboxTrimming>>()
        ));

    private static void AddGaps(this IServiceCollection services, string queue)
    {
        services.TryAddSingleton<GapMetrics>();
        services.AddKeyedSingleton(
            queue,
            (provider, _) => ActivatorUtilities.CreateInstance<GapReports>(provider, queue)
        );
        services.AddKeyedSingleton<IReplayAnswers>(
            queue,
            (provider, _) =>
                new GapAnswers(
                    provider.GetRequiredKeyedService<PostgresInboxParts>(queue).Gaps,
                    provider.GetRequiredKeyedService<GapReports>(queue)
                )
        );
        services.AddSingleton<IHostedService>(provider =>
        {
            var parts = provider.GetRequiredKeyedService<PostgresInboxParts>(queue);
            return new GapKeeper(
                queue,
                parts.Gaps,
                parts.Schedule,
                provider.GetRequiredKeyedService<IReplayRequests>(queue),
                provider.GetRequiredKeyedService<GapReports>(queue),
                provider.GetRequiredService<TimeProvider>()
            );
        });
    }
}
