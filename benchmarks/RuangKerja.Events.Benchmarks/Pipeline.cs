using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Benchmarks;

/// <summary>The pipeline as the service registers it, up to the outbox: nothing runs by itself.</summary>
internal sealed class Pipeline : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly PipelineOptions _options;
    private readonly Uri? _api;

    /// <param name="connectionString">A database to which the schema may have been applied.</param>
    /// <param name="api">Null when only the store is wanted.</param>
    /// <param name="feed">How the feed is read.</param>
    /// <param name="engine">What it stores with; Npgsql when null.</param>
    public Pipeline(string connectionString, Uri? api, FeedPollingOptions? feed = null, IStorageEngine? engine = null)
    {
        _api = api;
        _options = new PipelineOptions
        {
            Companies = [],
            Polling = new PollingOptions
            {
                Feed = feed ?? new(),
                Rosters = new RosterOptions { Enabled = false },
            },
            Storage = new StorageOptions
            {
                ConnectionString = connectionString,
                Engine = engine ?? NpgsqlEngine.Instance,
            },
            Relay = new RelayOptions { RabbitMqUri = new Uri("amqp://nowhere") },
        };
        _services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddStorage(_options)
            .BuildServiceProvider();
    }

    public IEventStore Store => _services.GetRequiredService<IEventStore>();

    public ISweepStore Sweeps => _services.GetRequiredService<ISweepStore>();

    public Task ApplySchemaAsync(CancellationToken cancellationToken) =>
        _services.GetRequiredService<DatabaseSchema>().ApplyAsync(cancellationToken);

    /// <summary>One company's reading; to be disposed of.</summary>
    public PolledCompany Poll(Company company) =>
        _services.CreatePolledCompany(
            _options,
            new CompanyOptions(
                company,
                SimulatorProcess.ApiOptions(_api!) with
                {
                    AttemptTimeout = TimeSpan.FromMinutes(2),
                }
            )
        );

    public ChunkWriter NewWriter(Company company) =>
        new(company, Store, _options.Detection, surgeLimit: null, TimeProvider.System);

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}
