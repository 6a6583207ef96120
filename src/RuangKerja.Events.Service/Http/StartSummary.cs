using Npgsql;
using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Service.Http;

/// <summary>Logs what the service was told, secrets left out, so that a log tells which service wrote it.</summary>
public static partial class StartSummary
{
    /// <summary>Writes the summary and the warnings.</summary>
    /// <param name="urls">Where the service really listens.</param>
    public static void Write(ILogger logger, ServiceOptions options, IEnumerable<string> urls)
    {
        var pipeline = options.Pipeline;
        var (database, broker) = (
            new NpgsqlConnectionStringBuilder(pipeline.Storage.ConnectionString),
            pipeline.Relay.RabbitMqUri
        );
        var (listening, baseline) = (string.Join(", ", urls), pipeline.Detection.Baseline.ToString());
        var port = PortOf(broker);

        Log.Listening(logger, listening);
        var keys = options.Http.ApiKeys;
        Log.Access(
            logger,
            keys.Count == 0
                ? "whoever reaches loopback"
                : string.Join(", ", keys.Select(key => $"{key.Name} ({key.Role})"))
        );
        foreach (var (company, api) in pipeline.Companies)
            Log.Company(logger, company.Name, api.BaseUrl.Authority, api.Credentials.ClientId, api.TimeZone.Id);
        Log.Polling(
            logger,
            pipeline.Polling.Feed.Interval,
            pipeline.Polling.Feed.Overlap,
            pipeline.Polling.Feed.SafetyLag,
            pipeline.Polling.Feed.MaxWindow,
            baseline
        );
        if (pipeline.Polling.Rosters is { Enabled: true } rosters)
            Log.Sweeping(logger, rosters.Interval, rosters.Parallelism);
        Log.Database(
            logger,
            database.Host,
            database.Port,
            database.Database ?? database.Username,
            pipeline.Storage.Schema
        );
        Log.Broker(logger, broker.Scheme, broker.Host, port, broker.AbsolutePath);
        foreach (var warning in options.Warnings)
            Log.Warning(logger, warning);
    }

    private static int PortOf(Uri broker) =>
        broker.Port > 0 ? broker.Port
        : broker.Scheme == "amqps" ? 5671
        : 5672;

    private static partial class Log
    {
        [LoggerMessage(EventId = 501, Level = LogLevel.Information, Message = "Health is answered at {Urls}")]
        public static partial void Listening(ILogger logger, string urls);

        [LoggerMessage(
            EventId = 502,
            Level = LogLevel.Information,
            Message = "Company {Company}: API {Host}, client id {ClientId}, time zone {TimeZone}"
        )]
        public static partial void Company(
            ILogger logger,
            string company,
            string host,
            string clientId,
            string timeZone
        );

        [LoggerMessage(
            EventId = 503,
            Level = LogLevel.Information,
            Message = "Polling every {Interval}, overlap {Overlap}, safety lag {SafetyLag}, windows of {MaxWindow}, baseline {Baseline}"
        )]
        public static partial void Polling(
            ILogger logger,
            TimeSpan interval,
            TimeSpan overlap,
            TimeSpan safetyLag,
            TimeSpan maxWindow,
            string baseline
        );

        [LoggerMessage(
            EventId = 504,
            Level = LogLevel.Information,
            Message = "Database {Host}:{Port}, {Database}, schema {Schema}"
        )]
        public static partial void Database(ILogger logger, string? host, int port, string? database, string schema);

        [LoggerMessage(
            EventId = 505,
            Level = LogLevel.Information,
            Message = "Broker {Scheme}://{Host}:{Port}, virtual host {VirtualHost}"
        )]
        public static partial void Broker(ILogger logger, string scheme, string host, int port, string virtualHost);

        [LoggerMessage(
            EventId = 510,
            Level = LogLevel.Information,
            Message = "Sweeping the rosters every {Interval}, {Parallelism} courses at a time"
        )]
        public static partial void Sweeping(ILogger logger, TimeSpan interval, int parallelism);

        [LoggerMessage(EventId = 511, Level = LogLevel.Information, Message = "The HTTP API is open to {Keys}")]
        public static partial void Access(ILogger logger, string keys);

        [LoggerMessage(EventId = 506, Level = LogLevel.Warning, Message = "{Warning}")]
        public static partial void Warning(ILogger logger, string warning);
    }
}
