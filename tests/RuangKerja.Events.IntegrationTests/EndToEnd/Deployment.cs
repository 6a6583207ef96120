using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using RuangKerja.Events.Api;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Simulator;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>A simulator, a database, a virtual host and the pipeline between them, polling every second.</summary>
internal sealed class Deployment : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Database _database;
    private IHost? _pipeline;

    private Deployment(SimulatorHost simulator, string connectionString, Uri broker)
    {
        Simulator = simulator;
        ConnectionString = connectionString;
        Broker = broker;
        var upstream = simulator.Options.Companies.Single();
        Options = new PipelineOptions
        {
            Companies =
            [
                new CompanyOptions(
                    Company.Default,
                    new ApiOptions
                    {
                        BaseUrl = simulator.BaseAddress,
                        Credentials = new ApiCredentials(upstream.ClientId, upstream.ClientSecret),
                        TimeZone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Jakarta"),
                    }
                ),
            ],
            Polling = new PollingOptions
            {
                Feed = new FeedPollingOptions
                {
                    Interval = TimeSpan.FromSeconds(1),
                    SafetyLag = TimeSpan.FromSeconds(1),
                    MaxWindow = TimeSpan.FromDays(7),
                },
            },
            Storage = Engines.Options(connectionString),
            Relay = new RelayOptions { RabbitMqUri = broker },
        };
        _database = new Database(Options.Storage);
        Outbox = new PostgresOutbox(_database);
        Store = new PostgresEventStore(_database);
        Sweeps = new PostgresSweepStore(_database);
    }

    public SimulatorHost Simulator { get; }

    /// <summary>The database, for the test's own looks; the pipeline may be led there another way.</summary>
    public string ConnectionString { get; }

    /// <summary>The broker, for the test's own clients.</summary>
    public Uri Broker { get; }
    public PipelineOptions Options { get; private set; }

    /// <summary>Registered after the pipeline's own classes, and so in their place: for tests that break a rule.</summary>
    public Action<IServiceCollection> Instead { get; set; } = _ => { };

    public IOutbox Outbox { get; }
    public IEventStore Store { get; }
    public ISweepStore Sweeps { get; }

    /// <summary>The same options as settings of the executable.</summary>
    public IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string>
        {
            ["RuangKerja:BaseUrl"] = $"{Options.Companies[0].Api.BaseUrl}",
            ["RuangKerja:ClientId"] = Simulator.Options.Companies[0].ClientId,
            ["RuangKerja:ClientSecret"] = Simulator.Options.Companies[0].ClientSecret,
            ["Polling:Feed:Interval"] = $"{Options.Polling.Feed.Interval}",
            ["Polling:Feed:Overlap"] = $"{Options.Polling.Feed.Overlap}",
            ["Polling:Feed:SafetyLag"] = $"{Options.Polling.Feed.SafetyLag}",
            ["Polling:Feed:MaxWindow"] = $"{Options.Polling.Feed.MaxWindow}",
            ["Polling:Roster:Enabled"] = $"{Options.Polling.Rosters.Enabled}",
            ["Polling:Roster:Parallelism"] = $"{Options.Polling.Rosters.Parallelism}",
            ["Storage:ConnectionString"] = Options.Storage.ConnectionString,
            ["Storage:Engine"] = Options.Storage.Engine.Name,
            ["Storage:CommandTimeout"] = $"{Options.Storage.CommandTimeout}",
            ["Relay:RabbitMqUri"] = $"{Options.Relay.RabbitMqUri}",
            ["Relay:PublishTimeout"] = $"{Options.Relay.PublishTimeout}",
            ["Relay:SafetyInterval"] = $"{Options.Relay.SafetyInterval}",
            ["Replay:AllowedQueues"] = string.Join(';', Options.Replay.AllowedQueues),
            ["Http:Urls"] = "http://127.0.0.1:0",
        };

    /// <summary>Everything but the pipeline, on the shared servers; life stands still until it is resumed.</summary>
    public static async Task<Deployment> PrepareAsync(Servers servers, SimulatorOptions? population = null) =>
        await PrepareAsync(await servers.CreateDatabaseAsync(), await servers.CreateVirtualHostAsync(), population);

    /// <summary>Everything but the pipeline, on servers of the test's own.</summary>
    public static async Task<Deployment> PrepareAsync(
        string connectionString,
        Uri broker,
        SimulatorOptions? population = null,
        TimeProvider? apiClock = null
    )
    {
        var simulator = await SimulatorHost.StartAsync(
            (population ?? new SimulatorOptions()) with
            {
                Alive = false,
            },
            time: apiClock
        );
        var deployment = new Deployment(simulator, connectionString, broker);
        await new DatabaseSchema(deployment._database).ApplyAsync(CancellationToken.None);
        return deployment;
    }

    /// <summary>Runs otherwise than by default, from the next start on; the test's own looks stay as they were.</summary>
    public void Configure(Func<PipelineOptions, PipelineOptions> change) => Options = change(Options);

    /// <summary>Sweeps otherwise than by default, from the next start on.</summary>
    public void SweepAs(RosterOptions rosters) =>
        Configure(options => options with { Polling = options.Polling with { Rosters = rosters } });

    /// <summary>Slows polling down from so many pending events on, from the next start on.</summary>
    public void Budget(int events) => Options = Options with { OutboxBudget = events };

    public async Task StartPipelineAsync(ILoggerProvider? log = null) => _pipeline = await StartInstanceAsync(log);

    /// <summary>One more instance, as on another machine; to be stopped by who started it.</summary>
    public async Task<IHost> StartInstanceAsync(ILoggerProvider? log = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(log is null ? LogLevel.None : LogLevel.Debug);
            if (log is not null)
                logging.AddProvider(log);
        });
        builder.Services.AddEventPipeline(Options);
        Instead(builder.Services);
        var instance = builder.Build();
        await instance.StartAsync();
        return instance;
    }

    public async Task StopPipelineAsync()
    {
        if (_pipeline is null)
            return;
        await _pipeline.StopAsync();
        _pipeline.Dispose();
        _pipeline = null;
    }

    public Task WaitForBootstrapAsync() =>
        Wait.Until(
            async () =>
                (await Store.ReadProgressAsync(Company.Default, CancellationToken.None))?.IsBootstrapped(
                    Options.Polling.Rosters.Enabled
                ) == true,
            Patience,
            "the end of the bootstrap"
        );

    /// <summary>The latest sweep, once it has ended.</summary>
    public async Task<Sweep> WaitForSweepAsync()
    {
        Sweep? sweep = null;
        await Wait.Until(
            async () =>
                (sweep = await Sweeps.ReadAsync(Company.Default, CancellationToken.None)) is { FinishedAt: not null },
            Patience,
            "the end of the sweep"
        );
        return sweep!;
    }

    /// <summary>The first cells of a query.</summary>
    public async Task<IReadOnlyList<string>> ColumnAsync(string sql)
    {
        await using var source = NpgsqlDataSource.Create(ConnectionString);
        await using var command = source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var cells = new List<string>();
        while (await reader.ReadAsync())
            cells.Add($"{reader.GetValue(0)}");
        return cells;
    }

    /// <summary>What waits for its time is due now.</summary>
    public Task MakeCoursesDueAsync() => ColumnAsync("update ruangkerja.sweep_progress set due_at = now()");

    /// <summary>How the parts of the running pipeline say they do.</summary>
    public IReadOnlyList<PartHealth> Health => _pipeline!.Services.GetRequiredService<HealthBoard>().Read();

    public string? FailureOf(PipelinePart part) => Health.SingleOrDefault(h => h.Part == part)?.Failure;

    /// <summary>The reasons of each quarantined row, as one text.</summary>
    public Task<IReadOnlyList<string>> QuarantineAsync() =>
        ColumnAsync("select array_to_string(reasons, ' ') from ruangkerja.quarantine");

    public async Task WaitForEmptyOutboxAsync() =>
        await Wait.Until(
            async () => (await Outbox.CountAsync(Company.Default, CancellationToken.None)).Pending == 0,
            Patience,
            "an empty outbox"
        );

    /// <summary>Lets life go on until so many more things have happened, then stands still.</summary>
    public async Task LiveAsync(int transitions)
    {
        var end = Simulator.Ledger.LastSeq + transitions;
        Simulator.Resume();
        await Wait.Until(() => Simulator.Ledger.LastSeq >= end, Patience, $"{transitions} transitions");
        Simulator.Pause();
    }

    public async ValueTask DisposeAsync()
    {
        await StopPipelineAsync();
        await _database.DisposeAsync();
        await Simulator.DisposeAsync();
    }
}
