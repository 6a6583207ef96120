using Microsoft.Extensions.Logging;
using Npgsql;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Faults.Judging;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>
/// A deployment whose way to the API, the database and the broker leads through proxies that can be disturbed, a subscriber
/// that is not disturbed, and the oracle. The rosters are not read unless asked for: the bootstrap is over in a second or two.
/// </summary>
internal sealed partial class FaultBench : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    // Covers the whole seconds that rows are dated in, and no more: what a watermark that is ahead leaves out is not read again.
    private static readonly TimeSpan Overlap = TimeSpan.FromSeconds(2);

    // No assignment moves twice between two looks, an outage included: else steps would truly collapse.
    public static readonly SimulatorOptions Population = new()
    {
        Employees = 300,
        TransitionsPerMinute = 1_200,
        MinimumDwell = TimeSpan.FromSeconds(60),
    };

    private long _bootstrapped;

    private FaultBench(Deployment deployment, MassTransitSubscriber<CourseStatusChanged> subscriber)
    {
        Deployment = deployment;
        Subscriber = subscriber;
        var database = new NpgsqlConnectionStringBuilder(deployment.ConnectionString);
        Api = ChaosProxy.Before("127.0.0.1", deployment.Simulator.BaseAddress.Port);
        Database = ChaosProxy.Before(database.Host!, database.Port);
        Broker = ChaosProxy.Before(deployment.Broker.Host, deployment.Broker.Port);
        (database.Host, database.Port) = ("127.0.0.1", Database.Port);
        deployment.Configure(options =>
            options with
            {
                Companies =
                [
                    .. options.Companies.Select(company =>
                        company with
                        {
                            Api = company.Api with { BaseUrl = new Uri($"http://127.0.0.1:{Api.Port}/") },
                        }
                    ),
                ],
                Polling = options.Polling with
                {
                    Feed = options.Polling.Feed with { Overlap = Overlap },
                    Rosters = new RosterOptions { Enabled = false },
                },
                Storage = options.Storage with { ConnectionString = database.ConnectionString },
                Relay = options.Relay with
                {
                    RabbitMqUri = new UriBuilder(deployment.Broker) { Host = "127.0.0.1", Port = Broker.Port }.Uri,
                    SafetyInterval = TimeSpan.FromSeconds(1),
                },
            }
        );
    }

    public Deployment Deployment { get; }
    public SimulatorHost Simulator => Deployment.Simulator;
    public MassTransitSubscriber<CourseStatusChanged> Subscriber { get; }

    /// <summary>On the pipeline's way to the API.</summary>
    public ChaosProxy Api { get; }

    /// <summary>On the pipeline's way to PostgreSQL.</summary>
    public ChaosProxy Database { get; }

    /// <summary>On the pipeline's way to RabbitMQ.</summary>
    public ChaosProxy Broker { get; }

    /// <summary>On the shared servers, which only the proxies may disturb. Nothing of the service runs yet.</summary>
    public static async Task<FaultBench> PrepareAsync(
        Servers servers,
        SimulatorOptions? population = null,
        TimeProvider? apiClock = null
    ) =>
        await PrepareAsync(
            await servers.CreateDatabaseAsync(),
            await servers.CreateVirtualHostAsync(),
            population,
            apiClock
        );

    /// <summary>On servers of the test's own.</summary>
    public static async Task<FaultBench> PrepareAsync(
        string connectionString,
        Uri broker,
        SimulatorOptions? population = null,
        TimeProvider? apiClock = null
    )
    {
        var deployment = await Deployment.PrepareAsync(connectionString, broker, population ?? Population, apiClock);
        return new FaultBench(deployment, await MassTransitSubscriber<CourseStatusChanged>.StartAsync(broker));
    }

    /// <summary>Starts the pipeline in this process and reads the past. Life stands still.</summary>
    public async Task StartPipelineAsync(ILoggerProvider? log = null)
    {
        await Deployment.StartPipelineAsync(log);
        await WaitForBootstrapAsync();
    }

    /// <summary>Starts the executable, as many as are called for; to be disposed of, which is kill -9.</summary>
    public ServiceProcess StartService() => ServiceProcess.Start(Deployment.Settings, "run");

    /// <summary>The past is read: what happens from now on is to be told.</summary>
    public async Task WaitForBootstrapAsync()
    {
        await Deployment.WaitForBootstrapAsync();
        _bootstrapped = Simulator.Ledger.LastSeq;
    }

    /// <summary>Lets life go on until the subscriber has got so many more different events.</summary>
    public async Task LiveUntilReceivedAsync(int more)
    {
        var enough = CountReceived() + more;
        Simulator.Resume();
        await Wait.Until(() => CountReceived() >= enough, Patience, $"{more} more events");
        Simulator.Pause();
    }

    /// <summary>
    /// Life stands still; once everything that can arrive has, the verdict. What never arrives is told by the verdict, not by
    /// a deadline.
    /// </summary>
    public async Task<Verdict> JudgeAsync(TimeSpan? patience = null)
    {
        Simulator.Pause();
        var verdict = await JudgeNowAsync();
        try
        {
            await Wait.Until(
                async () => (verdict = await JudgeNowAsync()).IsTold,
                patience ?? Patience,
                "everything is told"
            );
        }
        catch (TimeoutException)
        {
            // The verdict says what is missing.
            return verdict;
        }

        // The broker has confirmed all there is; what came to the queue twice may still wait in it.
        await Subscriber.ReceiveAllAsync();
        return await JudgeNowAsync();
    }

    /// <summary>All there is to judge by, as things stand.</summary>
    public async Task<Evidence> ReadEvidenceAsync()
    {
        // In this order: what happened or came meanwhile may be stored already, and is no fault.
        var truth = Simulator.Ledger.After(_bootstrapped);
        var received = Subscriber.Received;
        var stored = await Evidence.ReadStoredAsync(Deployment.ConnectionString);
        return new Evidence(truth, stored, received);
    }

    public async ValueTask DisposeAsync()
    {
        Api.Heal();
        Database.Heal();
        Broker.Heal();
        await Deployment.StopPipelineAsync();
        await Subscriber.DisposeAsync();
        await Api.DisposeAsync();
        await Database.DisposeAsync();
        await Broker.DisposeAsync();
        await Deployment.DisposeAsync();
    }

    private int CountReceived() => Subscriber.Received.DistinctBy(change => change.EventId).Count();

    private async Task<Verdict> JudgeNowAsync() => Oracle.Judge(await ReadEvidenceAsync());
}
