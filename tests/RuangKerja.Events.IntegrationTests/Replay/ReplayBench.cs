using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>A database with a past in it, a broker, the desk, and instances that run what is asked for.</summary>
internal sealed class ReplayBench : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly CourseStatus[] Life =
    [
        CourseStatus.NotStarted,
        CourseStatus.InProgress,
        CourseStatus.Completed,
    ];

    private readonly List<ReplayWorker> _workers = [];
    private readonly PipelineMetrics _metrics = new();
    private readonly BrokerState _state = new(TimeProvider.System);

    private ReplayBench(StoreFixture store, Uri broker, TimeSpan publishTimeout)
    {
        (Store, Broker) = (store, broker);
        Relay = new RelayOptions { RabbitMqUri = broker, PublishTimeout = publishTimeout };
        Replays = new PostgresReplayStore(store.Database);
        Credentials = new BrokerCredentials(Relay, NullLogger<BrokerCredentials>.Instance);
        Desk = new ReplayDesk(
            store.History,
            Replays,
            new QueueProbe(Relay, Credentials, TimeProvider.System),
            Options,
            Relay,
            [Company.Default],
            TimeProvider.System
        );
    }

    public StoreFixture Store { get; }
    public Uri Broker { get; }
    public RelayOptions Relay { get; }
    public BrokerCredentials Credentials { get; }
    public PostgresReplayStore Replays { get; }
    public ReplayDesk Desk { get; }
    public ReplayOptions Options { get; } = new() { AllowedQueues = ["reports*"] };

    /// <summary>Rung by hand: a test has no listener.</summary>
    public ReplaySignal Signal { get; } = new(TimeProvider.System);

    public LogLines Log { get; } = new();

    /// <summary>Three events each of so many employees.</summary>
    public static async Task<ReplayBench> CreateAsync(
        Servers servers,
        int employees,
        Uri? broker = null,
        TimeSpan? publishTimeout = null
    )
    {
        var bench = new ReplayBench(
            await StoreFixture.CreateAsync(servers),
            broker ?? await servers.CreateVirtualHostAsync(),
            publishTimeout ?? TimeSpan.FromSeconds(15)
        );
        for (var step = 0; step < Life.Length; step++)
            await bench.Store.CommitAsync([
                .. Enumerable
                    .Range(1, employees)
                    .Select(employee => StoreFixture.Row(Life[step], 60 * (step + 1), employee)),
            ]);
        return bench;
    }

    /// <summary>Starts one more instance.</summary>
    public async Task<ReplayWorker> StartWorkerAsync(int parallelism = 2)
    {
        using var logs = LoggerFactory.Create(logging => logging.AddProvider(Log));
        var worker = new ReplayWorker(
            Replays,
            Store.History,
            new ReplayBroker(Relay, Credentials, _state, new LiveLane(TimeProvider.System), TimeProvider.System),
            Options with
            {
                Parallelism = parallelism,
            },
            Signal,
            new ReplayReports(_metrics, logs.CreateLogger<ReplayReports>())
        );
        _workers.Add(worker);
        await worker.StartAsync(CancellationToken.None);
        return worker;
    }

    public static ReplayRequest To(string queue, int? rate = null, EventFilter? filter = null) =>
        new()
        {
            Filter = filter ?? new EventFilter(),
            Destination = queue,
            Rate = rate,
            RequestedBy = "tests",
            Door = ReplayDoor.CommandLine,
        };

    /// <summary>Asks, and wakes whoever runs replays.</summary>
    public async Task<ReplayJob> AskAsync(ReplayRequest request)
    {
        var answer = await Desk.AskAsync(request, CancellationToken.None);
        Signal.Set();
        return answer.ShouldBeOfType<ReplayAnswer.Accepted>().Job;
    }

    public async Task<ReplayJob> ReadAsync(ReplayJob job) =>
        (await Replays.ReadAsync(job.Id, CancellationToken.None)).ShouldNotBeNull();

    /// <summary>Lets whoever takes it next send as fast as it can: it was to be slow only to be met in the middle.</summary>
    public Task HurryAsync(ReplayJob job) =>
        Store.ExecuteAsync($"update ruangkerja.replay_job set rate = null where id = '{job.Id}'");

    /// <summary>Waits until it stands as is asked for.</summary>
    public async Task<ReplayJob> WaitForAsync(ReplayJob job, Func<ReplayJob, bool> condition, string what)
    {
        await Wait.Until(async () => condition(job = await ReadAsync(job)), Patience, $"the replay {what}");
        return job;
    }

    public Task<ReplayJob> WaitForEndAsync(ReplayJob job) =>
        WaitForAsync(job, now => now.State is ReplayState.Finished or ReplayState.Failed, "ends");

    /// <summary>The ids of all stored events, by sequence.</summary>
    public Task<IReadOnlyList<string>> StoredAsync() =>
        Store.RowsAsync("select event_id from ruangkerja.event_index order by seq_id");

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _workers)
        {
            await worker.StopAsync(CancellationToken.None);
            worker.Dispose();
        }

        _metrics.Dispose();
        await Store.DisposeAsync();
    }
}
