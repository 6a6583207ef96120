using Npgsql;
using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.IntegrationTests.Service;

namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>
/// One instance of the service over all its lives: the built executable, with a way of its own to the database and to the
/// broker.
/// </summary>
internal sealed class ChaosInstance : IAsyncDisposable
{
    // Longer than the service waits for anything when it is asked to stop.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(90);
    private const int Terminated = 128 + 15;

    private readonly Dictionary<string, string> _settings;
    private readonly string _logs;
    private readonly Action<string> _complain;
    private readonly List<List<ProcessReading>> _lives = [];
    private ServiceProcess? _process;

    /// <param name="number">1, 2 …</param>
    /// <param name="settings">With the database and the broker as they are reached without a proxy.</param>
    /// <param name="logs">The folder that gets what each life printed.</param>
    /// <param name="complain">Gets what no life should do.</param>
    public ChaosInstance(int number, IReadOnlyDictionary<string, string> settings, string logs, Action<string> complain)
    {
        (Number, _logs, _complain) = (number, logs, complain);
        var database = new NpgsqlConnectionStringBuilder(settings["Storage:ConnectionString"]);
        var broker = new Uri(settings["Relay:RabbitMqUri"]);
        Database = ChaosProxy.Before(database.Host!, database.Port);
        Broker = ChaosProxy.Before(broker.Host, broker.Port);
        (database.Host, database.Port) = ("127.0.0.1", Database.Port);
        _settings = new Dictionary<string, string>(settings)
        {
            ["Storage:ConnectionString"] = database.ConnectionString,
            ["Relay:RabbitMqUri"] = $"{new UriBuilder(broker) { Host = "127.0.0.1", Port = Broker.Port }.Uri}",
        };
    }

    public int Number { get; }

    /// <summary>On its way to PostgreSQL.</summary>
    public ChaosProxy Database { get; }

    /// <summary>On its way to RabbitMQ.</summary>
    public ChaosProxy Broker { get; }

    /// <summary>The readings of each life, the first life first.</summary>
    public IReadOnlyList<IReadOnlyList<ProcessReading>> Lives => _lives;

    public void Start()
    {
        _lives.Add([]);
        _process = ServiceProcess.Start(_settings, "run");
    }

    public void Freeze() => Running.Pause();

    public void Thaw() => Running.Continue();

    /// <summary>Kills it, frozen or not.</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        await EndAsync(process);
    }

    /// <summary>Asks it to stop and waits until it has.</summary>
    public async Task StopAsync()
    {
        var process = Running;
        _process = null;
        try
        {
            process.SendTerminate();
            // One that has hardly begun is ended by the signal itself.
            if (await process.WaitForExitAsync(StopTimeout) is not (0 or Terminated) and var code)
                _complain($"instance {Number} ended with code {code} when it was asked to stop");
        }
        catch (TimeoutException)
        {
            _complain($"instance {Number} did not stop within {StopTimeout.TotalSeconds:0} s of being asked to");
        }

        await EndAsync(process);
    }

    /// <summary>Whether it is ready within a while: does its part, or stands by.</summary>
    public async Task<bool> GetsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var http = new HttpClient { BaseAddress = await Running.WaitForAddressAsync() };
            await Wait.Until(
                async () => (await http.GetAsync("health/ready", cancellationToken)).IsSuccessStatusCode,
                ReadyTimeout,
                "the instance is ready"
            );
            return true;
        }
        catch (Exception error) when (error is TimeoutException or HttpRequestException or ShouldAssertException)
        {
            return false;
        }
    }

    /// <summary>Reads what it holds. One that has ended by itself is complained of, and started again.</summary>
    public async Task LookAsync(TimeSpan at)
    {
        if (_process is not { } process)
            return;
        if (ProcessReading.Take(process.ProcessId, at) is { } reading)
            _lives[^1].Add(reading);
        if (process.IsRunning || Interlocked.CompareExchange(ref _process, null, process) != process)
            return;

        _complain($"instance {Number} ended by itself, with code {await process.WaitForExitAsync(StopTimeout)}");
        await EndAsync(process);
        Start();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        await Database.DisposeAsync();
        await Broker.DisposeAsync();
    }

    private ServiceProcess Running =>
        _process ?? throw new InvalidOperationException($"Instance {Number} is not running.");

    private async Task EndAsync(ServiceProcess process)
    {
        // Disposing a process that runs is SIGKILL.
        await process.DisposeAsync();
        Directory.CreateDirectory(_logs);
        var file = Path.Combine(_logs, $"instance-{Number}-life-{_lives.Count}.log");
        await File.WriteAllTextAsync(file, process.Out + process.Error);
    }
}
