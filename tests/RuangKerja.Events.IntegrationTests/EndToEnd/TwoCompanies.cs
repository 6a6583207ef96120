using Npgsql;
using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Storage;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>One simulated API with two companies, and the settings for processes of the service that read both.</summary>
internal sealed class TwoCompanies : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> Names = ["acme", "beta"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly Database _database;
    private readonly PostgresEventStore _store;
    private readonly PostgresOutbox _outbox;

    private TwoCompanies(SimulatorHost simulator, string connectionString, Uri broker)
    {
        Simulator = simulator;
        Broker = broker;
        _database = new Database(Engines.Options(connectionString));
        _store = new PostgresEventStore(_database);
        _outbox = new PostgresOutbox(_database);
        Settings = new Dictionary<string, string>
        {
            ["RuangKerja:BaseUrl"] = $"{simulator.BaseAddress}",
            ["Polling:RequestsPerSecond"] = "50",
            ["Polling:Feed:Interval"] = "00:00:01",
            ["Polling:Feed:SafetyLag"] = "00:00:01",
            ["Polling:Feed:MaxWindow"] = "7.00:00:00",
            ["Storage:ConnectionString"] = connectionString,
            ["Relay:RabbitMqUri"] = $"{broker}",
            ["Http:Urls"] = "http://127.0.0.1:0",
        };
        foreach (var company in simulator.Options.Companies)
        {
            Settings[$"RuangKerja:Companies:{company.Name}:ClientId"] = company.ClientId;
            Settings[$"RuangKerja:Companies:{company.Name}:ClientSecret"] = company.ClientSecret;
        }
    }

    public SimulatorHost Simulator { get; }
    public Uri Broker { get; }
    public Dictionary<string, string> Settings { get; }

    /// <summary>On the shared servers. Life stands still until it is resumed.</summary>
    public static async Task<TwoCompanies> PrepareAsync(Servers servers, SimulatorOptions population) =>
        await PrepareAsync(await servers.CreateDatabaseAsync(), await servers.CreateVirtualHostAsync(), population);

    /// <summary>On servers of the test's own.</summary>
    public static async Task<TwoCompanies> PrepareAsync(
        string connectionString,
        Uri broker,
        SimulatorOptions population
    )
    {
        var simulator = await SimulatorHost.StartAsync(
            population with
            {
                Alive = false,
                Companies =
                [
                    .. Names.Select(name => new Simulator.CompanyOptions
                    {
                        Name = name,
                        ClientId = name,
                        ClientSecret = $"{name}-secret",
                    }),
                ],
            }
        );
        var companies = new TwoCompanies(simulator, connectionString, broker);
        await new DatabaseSchema(companies._database).ApplyAsync(CancellationToken.None);
        return companies;
    }

    public ServiceProcess StartService() => ServiceProcess.Start(Settings, "run");

    public Task WaitForBootstrapAsync() =>
        Wait.Until(
            async () =>
            {
                foreach (var name in Names)
                {
                    var progress = await _store.ReadProgressAsync(CompanyOf(name), CancellationToken.None);
                    if (progress?.IsBootstrapped(rosters: true) != true)
                        return false;
                }

                return true;
            },
            Patience,
            "the past of both companies is read"
        );

    /// <summary>How many changes of a company are stored, the past aside.</summary>
    public async Task<long> CountChangesAsync(string company) =>
        (await _store.CountEventsAsync(CompanyOf(company), CancellationToken.None)).Changes;

    public async Task<long> CountPendingAsync(string company) =>
        (await _outbox.CountAsync(CompanyOf(company), CancellationToken.None)).Pending;

    /// <summary>Makes the next sweeps due at once, and waits until they are done.</summary>
    public async Task SweepAsync()
    {
        var before = await ScalarAsync<long>(CountOf("finished_at is not null"));
        before.ShouldBe(Names.Count, "no sweep is under way");
        await ScalarAsync<object>(
            "with due as (update ruangkerja.sweep set started_at = started_at - interval '7 hours' returning 1) select count(*) from due"
        );
        await Wait.Until(
            async () =>
                await ScalarAsync<long>(
                    CountOf("finished_at is not null and started_at > now() - interval '10 minutes'")
                ) == Names.Count,
            Patience,
            "the rosters of both companies are swept again"
        );

        static string CountOf(string condition) => $"select count(*) from ruangkerja.sweep where {condition}";
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var source = NpgsqlDataSource.Create(Settings["Storage:ConnectionString"]);
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        await Simulator.DisposeAsync();
    }

    private static Company CompanyOf(string name) =>
        Company.TryCreate(name, out var company) ? company : throw new ArgumentException(name, nameof(name));
}
