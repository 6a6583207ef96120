using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Asks for replays of a deployment as any door does, and looks at them; the deployment runs them.</summary>
internal sealed class ReplayBeside : IAsyncDisposable
{
    public const string Queue = "reports";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Database _database;
    private readonly ReplayDesk _desk;

    /// <summary>Allows the queue, from the deployment's next start on.</summary>
    public ReplayBeside(FaultBench bench)
    {
        var options = new ReplayOptions { AllowedQueues = [Queue] };
        bench.Deployment.Configure(all => all with { Replay = options });
        _database = new Database(new StorageOptions { ConnectionString = bench.Deployment.ConnectionString });
        Store = new PostgresReplayStore(_database);
        var relay = new RelayOptions { RabbitMqUri = bench.Deployment.Broker };
        var credentials = new BrokerCredentials(relay, NullLogger<BrokerCredentials>.Instance);
        _desk = new ReplayDesk(
            new PostgresEventHistory(_database),
            Store,
            new QueueProbe(relay, credentials, TimeProvider.System),
            options,
            relay,
            [Company.Default],
            TimeProvider.System
        );
    }

    public PostgresReplayStore Store { get; }

    /// <summary>All there is, with what was before the start.</summary>
    public async Task<ReplayJob> AskAsync(int? rate = null)
    {
        var request = new ReplayRequest
        {
            Filter = new EventFilter { Baseline = true },
            Destination = Queue,
            Rate = rate,
            RequestedBy = "tests",
            Door = ReplayDoor.Http,
        };
        var answer = await _desk.AskAsync(request, CancellationToken.None);
        return answer.ShouldBeOfType<ReplayAnswer.Accepted>().Job;
    }

    public async Task<ReplayJob> WaitForEndAsync(ReplayJob job)
    {
        await Wait.Until(
            async () =>
                (job = (await Store.ReadAsync(job.Id, CancellationToken.None))!).State
                    is ReplayState.Finished
                        or ReplayState.Failed,
            Patience,
            "the end of the replay"
        );
        return job;
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();
}
