using Microsoft.Extensions.Logging;
using Npgsql;
using RuangKerja.Events.Subscriber.Gaps;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>What belongs to one subscriber's inbox in PostgreSQL.</summary>
internal sealed class PostgresInboxParts : IAsyncDisposable, IDisposable
{
    private readonly InboxConnections _connections;

    public PostgresInboxParts(
        InboxConnections connections,
        SubscriberSettings settings,
        PostgresInboxOptions options,
        ILoggerFactory logs
    )
    {
        _connections = connections;
        Schedule = options.Schedule;
        Sql = new InboxSql(options.Schema);
        Tables = new PostgresInboxTables(Source, Sql, options);
        Gaps = new PostgresGaps(Source, Tables, Sql, settings.Queue, options);
        var statements = new InboxStatements(Sql, settings.Queue, Schedule.Patience);
        var reports = new InboxReports(settings.Queue, logs.CreateLogger<InboxReports>());
        Inbox = options.TransactionPerMessage
            ? new PostgresInbox(Source, Tables, statements, reports, options, settings)
            : new SharedInbox(Source, Tables, statements, reports, options, settings);
    }

    public NpgsqlDataSource Source => _connections.Source;

    public InboxSql Sql { get; }

    public PostgresInboxTables Tables { get; }

    public IInbox Inbox { get; }

    public IGapStore Gaps { get; }

    public GapSchedule Schedule { get; }

    public ValueTask DisposeAsync()
    {
        (Inbox as IDisposable)?.Dispose();
        return _connections.DisposeAsync();
    }

    public void Dispose()
    {
        (Inbox as IDisposable)?.Dispose();
        _connections.Dispose();
    }
}
