using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>A database of its own with our schema, and short ways to put changes in and to look at what is there.</summary>
public sealed class StoreFixture : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 1, 31, 5, 0, 0, TimeSpan.Zero);

    private StoreFixture(Database database)
    {
        Database = database;
        Schema = new DatabaseSchema(database);
        Store = database.Options.Engine.CreateStore(database);
        Outbox = new PostgresOutbox(database);
        History = new PostgresEventHistory(database);
    }

    public Database Database { get; }
    public DatabaseSchema Schema { get; }
    public IEventStore Store { get; }
    public PostgresOutbox Outbox { get; }
    public PostgresEventHistory History { get; }

    /// <param name="engine">That of the test when null.</param>
    public static async Task<StoreFixture> CreateAsync(
        Servers servers,
        IStorageEngine? engine = null,
        bool applied = true
    )
    {
        var fixture = new StoreFixture(new Database(Engines.Options(await servers.CreateDatabaseAsync(), engine)));
        if (applied)
            await fixture.Schema.ApplyAsync(CancellationToken.None);
        return fixture;
    }

    public static FeedObservation Row(CourseStatus status, int second, int employee = 1, string company = "default") =>
        new(
            "ASGC-1",
            $"ID-{employee}",
            Catalogue.Empty.Named($"Course of {company}"),
            status,
            Start.AddSeconds(second),
            CompletedAt: null,
            SeenAt: Start.AddHours(1)
        );

    /// <summary>Writes rows as a cycle does, out of turn: loading and detecting again when another writer was first.</summary>
    public Task<ChunkResult> WriteAsync(params IReadOnlyList<Observation> rows) => WriteAsync(Store, rows);

    /// <summary>The same through another store.</summary>
    public static Task<ChunkResult> WriteAsync(IEventStore store, params IReadOnlyList<Observation> rows)
    {
        var writer = new ChunkWriter(
            Company.Default,
            store,
            new DetectionOptions(),
            surgeLimit: null,
            TimeProvider.System
        );
        return writer.WriteAsync(
            new JudgedRows(rows, Rejected: []),
            new NoMove(),
            baseline: default,
            writer.NewSurge(),
            resolved: [],
            CancellationToken.None
        );
    }

    /// <summary>Loads, detects and builds the commit of a window that holds these rows.</summary>
    public async Task<ChunkCommit> PrepareAsync(
        IReadOnlyList<Observation> rows,
        Company? company = null,
        bool bootstrapping = false,
        IReadOnlyList<RejectedRow>? rejected = null
    )
    {
        var tenant = company ?? Company.Default;
        var progress = await Store.StartProgressAsync(tenant, Start, Start.AddMinutes(30), CancellationToken.None);
        var known = await Store.LoadKnownAsync(tenant, KnownAssignments.KeysOf(rows), CancellationToken.None);
        var context = new DetectionContext(
            Start.AddHours(1),
            bootstrapping ? progress.Baseline(rosters: true) : default,
            SettleDelay: TimeSpan.FromMinutes(2)
        );
        return new ChunkCommit(
            tenant,
            new WatermarkMove(progress.Watermark, progress.Watermark.AddSeconds(30), !bootstrapping),
            ChangeSet.Detect(known, rows, context),
            rejected ?? [],
            PublishBaseline: false
        );
    }

    public async Task CommitAsync(params Observation[] rows) =>
        (await Store.CommitAsync(await PrepareAsync(rows), CancellationToken.None)).ShouldBe(CommitOutcome.Committed);

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database.Options.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>All rows of a query, cells joined by a bar, null as <c>∅</c>.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database.Options.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var cells = Enumerable
                .Range(0, reader.FieldCount)
                .Select(i => reader.IsDBNull(i) ? "∅" : $"{reader.GetValue(i)}");
            rows.Add(string.Join(" | ", cells));
        }

        return rows;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Database.Options.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many rows each table holds: nothing of a refused commit may show here.</summary>
    public async Task<string> CountsAsync() =>
        (
            await RowsAsync(
                """
                select (select count(*) from ruangkerja.mt_streams), (select count(*) from ruangkerja.mt_events),
                       (select count(*) from ruangkerja.mt_doc_coursestatussnapshot), (select count(*) from ruangkerja.outbox),
                       (select sum(cardinality(stream_ids)) from ruangkerja.assignment_key),
                       (select count(*) from ruangkerja.quarantine), (select max(watermark)::text from ruangkerja.poll_progress),
                       (select sum(pages) from ruangkerja.sweep_progress)
                """
            )
        ).Single();

    public async ValueTask DisposeAsync()
    {
        await using (Store as IAsyncDisposable)
            await Database.DisposeAsync();
    }
}
