using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.IntegrationTests.Faults.Judging;
using RuangKerja.LocalServers;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>
/// All that a run disturbs: servers of its own, two simulated companies with feed and rosters, two instances of the service,
/// and a subscriber that nothing disturbs but the broker itself.
/// </summary>
internal sealed class ChaosSystem : IAsyncDisposable
{
    // No assignment moves twice during an outage: else steps would truly collapse.
    private static readonly SimulatorOptions Population = new()
    {
        Employees = 500,
        Courses = 8,
        TransitionsPerMinute = 240,
        MinimumDwell = TimeSpan.FromMinutes(2),
        TokenLifetime = TimeSpan.FromMinutes(1),
        TouchShare = 0.1,
    };

    // Shorter than most faults last, so that both sides of every limit are met.
    private static readonly Dictionary<string, string> Limits = new()
    {
        ["Polling:Feed:Overlap"] = "00:03:00",
        ["Polling:Roster:Interval"] = "00:01:00",
        ["Storage:CommandTimeout"] = "00:00:08",
        ["Relay:PublishTimeout"] = "00:00:05",
    };

    private readonly LocalServerSet _servers;
    private readonly TwoCompanies _companies;
    private readonly MassTransitSubscriber<CourseStatusChanged> _subscriber;
    private long _bootstrapped;

    private ChaosSystem(
        LocalServerSet servers,
        TwoCompanies companies,
        MassTransitSubscriber<CourseStatusChanged> subscriber,
        IReadOnlyList<ChaosInstance> instances
    ) => (_servers, _companies, _subscriber, Instances) = (servers, companies, subscriber, instances);

    public PostgresServer Postgres => _servers.Postgres;
    public RabbitMqServer RabbitMq => _servers.RabbitMq;
    public SimulatorHost Simulator => _companies.Simulator;
    public FaultBoard Api => _companies.Simulator.Faults;
    public IReadOnlyList<ChaosInstance> Instances { get; }

    /// <summary>How many changes were lived since the past was read.</summary>
    public long Changes => Simulator.Ledger.LastSeq - _bootstrapped;

    /// <summary>How many messages came, those that came again included.</summary>
    public int Received => _subscriber.Received.Count;

    /// <summary>Starts everything. Life stands still, and nothing of the past is read yet.</summary>
    /// <param name="seed">Of the life that is lived.</param>
    /// <param name="logs">The folder that gets what the instances printed.</param>
    /// <param name="complain">Gets what no instance should do.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    public static async Task<ChaosSystem> StartAsync(
        int seed,
        string logs,
        Action<string> complain,
        CancellationToken cancellationToken
    )
    {
        var servers = await LocalServerSet.StartAsync(cancellationToken: cancellationToken);
        try
        {
            var companies = await TwoCompanies.PrepareAsync(
                servers.Postgres.ConnectionString,
                servers.RabbitMq.AmqpUri,
                Population with
                {
                    Seed = seed,
                }
            );
            foreach (var (key, value) in Limits)
                companies.Settings[key] = value;
            var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(companies.Broker);
            var instances = Enumerable
                .Range(1, ChaosTarget.Instances)
                .Select(number => new ChaosInstance(number, companies.Settings, logs, complain))
                .ToList();
            return new ChaosSystem(servers, companies, subscriber, instances);
        }
        catch
        {
            await servers.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the instances, lets them read the past, and then lets life begin.</summary>
    public async Task BeginLifeAsync()
    {
        foreach (var instance in Instances)
            instance.Start();
        await _companies.WaitForBootstrapAsync();
        _bootstrapped = Simulator.Ledger.LastSeq;
        Simulator.Resume();
    }

    /// <summary>How many companies' rosters were swept from beginning to end since then.</summary>
    public Task<long> CountSweptAsync(DateTimeOffset since) =>
        _companies.ScalarAsync<long>(
            $"select count(*) from ruangkerja.sweep where finished_at is not null and started_at > '{since:O}'"
        );

    /// <summary>How many changes a company has at least in that time: a quarter of its part in the rate.</summary>
    public static int LeastChanges(TimeSpan time) =>
        (int)(Population.TransitionsPerMinute * time.TotalMinutes / TwoCompanies.Names.Count / 4);

    /// <summary>The verdict of each company, as things stand, and of all there is: nothing may be filed under another name.</summary>
    public async Task<IReadOnlyDictionary<string, Verdict>> JudgeAsync()
    {
        // In this order: what happened or came meanwhile may be stored already, and is no fault.
        var truth = Simulator.Ledger.After(_bootstrapped);
        var received = _subscriber.Received;
        var stored = await Evidence.ReadStoredAsync(_companies.Settings["Storage:ConnectionString"]);
        var evidence = new Evidence(truth, stored, received);
        var verdicts = TwoCompanies.Names.ToDictionary(name => name, name => Oracle.Judge(evidence.Of(name)));
        verdicts.Add("all", Oracle.Judge(evidence));
        return verdicts;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in Instances)
            await instance.DisposeAsync();
        // Before its broker: it would look for it in vain.
        await _subscriber.DisposeAsync();
        await _companies.DisposeAsync();
        await _servers.DisposeAsync();
    }
}
