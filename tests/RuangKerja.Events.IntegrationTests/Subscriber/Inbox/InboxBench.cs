using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Gaps;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Inbox.Postgres;

namespace RuangKerja.Events.IntegrationTests.Subscriber.Inbox;

/// <summary>A subscriber's database with a table of effects, and inboxes on it, each as in a process of its own.</summary>
internal sealed class InboxBench : IAsyncDisposable
{
    public const string Queue = "certificates";

    private readonly List<PostgresInboxParts> _processes = [];

    private InboxBench(string connectionString)
    {
        ConnectionString = connectionString;
        Database = NpgsqlDataSource.Create(connectionString);
    }

    public string ConnectionString { get; }

    /// <summary>For the test's own looks.</summary>
    public NpgsqlDataSource Database { get; }

    public static async Task<InboxBench> CreateAsync(Servers servers)
    {
        var bench = new InboxBench(await servers.CreateDatabaseAsync());
        await bench.ExecuteAsync("create table effect (event_id uuid not null, version bigint not null)");
        return bench;
    }

    /// <summary>One more process.</summary>
    public PostgresInboxParts Process(
        bool transactions = true,
        bool fillGaps = true,
        string? connectionString = null,
        Action<PostgresInboxOptions>? configure = null
    )
    {
        var options = new PostgresInboxOptions
        {
            TransactionPerMessage = transactions,
            Schedule = new GapSchedule { Patience = TimeSpan.Zero },
        };
        configure?.Invoke(options);
        var settings = SettingsOf(fillGaps);
        var connections = new InboxConnections(connectionString ?? ConnectionString, settings.Concurrency);
        var process = new PostgresInboxParts(connections, settings, options, NullLoggerFactory.Instance);
        _processes.Add(process);
        return process;
    }

    /// <summary>What forgets in a process.</summary>
    public static InboxTrimming TrimmingOf(PostgresInboxParts process, PostgresInboxOptions? options = null) =>
        new(process, Queue, options ?? new(), TimeProvider.System, NullLogger<InboxTrimming>.Instance);

    /// <summary>A delivery of an assignment; the same version is the same event.</summary>
    public static Delivery Version(
        long version,
        string assignment = "ASGC-1/ID-1/0a1b2c3d",
        Guid? replay = null,
        long sequence = 0
    ) =>
        new(
            Queue,
            EventId(assignment, version),
            "default",
            assignment,
            version,
            sequence == 0 ? 100 * version : sequence,
            replay
        );

    /// <summary>As the kit's endpoint handles a message.</summary>
    public static async Task<Verdict> HandleAsync(IInbox inbox, Delivery delivery)
    {
        await using var entry = await inbox.OpenAsync(delivery, CancellationToken.None);
        if (entry is { Verdict: Verdict.Handle, Transaction: not null })
            await AddEffectAsync(entry.Transaction, delivery);
        await entry.CommitAsync(CancellationToken.None);
        return entry.Verdict;
    }

    /// <summary>What a consumer does in the inbox's transaction.</summary>
    public static async Task AddEffectAsync(InboxTransaction transaction, Delivery delivery)
    {
        await using var command = new NpgsqlCommand(
            "insert into effect (event_id, version) values ($1, $2)",
            transaction.Connection,
            transaction.Transaction
        );
        command.Parameters.Add(new() { Value = delivery.EventId });
        command.Parameters.Add(new() { Value = delivery.Version });
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The versions that had an effect, in order of their commits.</summary>
    public Task<IReadOnlyList<string>> EffectsAsync() => RowsAsync("select version from effect order by ctid");

    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
            rows.Add(
                string.Join(
                    " | ",
                    Enumerable
                        .Range(0, reader.FieldCount)
                        .Select(i => reader.IsDBNull(i) ? "∅" : $"{reader.GetValue(i)}")
                )
            );
        return rows;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in _processes)
            await process.DisposeAsync();
        await Database.DisposeAsync();
    }

    private static SubscriberSettings SettingsOf(bool fillGaps) =>
        SubscriberSettings.Of<NoConsumer>(new SubscriberOptions { Queue = Queue }) with
        {
            FillGaps = fillGaps,
        };

    private static Guid EventId(string assignment, long version) =>
        new(
            System
                .Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{assignment} {version}"))
                .AsSpan(0, 16)
        );

    private sealed class NoConsumer : MassTransit.IConsumer<Contracts.CourseStatusChanged>
    {
        public Task Consume(MassTransit.ConsumeContext<Contracts.CourseStatusChanged> context) => Task.CompletedTask;
    }
}
