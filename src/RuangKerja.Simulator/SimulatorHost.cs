using RuangKerja.Simulator.Control;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Ledger;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;
using RuangKerja.Simulator.Requests;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator;

/// <summary>
/// The Ruangkerja HTTP API stood in for: a server of its own with a living population. Any number of them run side by side in
/// one process; none reads configuration or environment variables.
/// </summary>
public sealed class SimulatorHost : IAsyncDisposable
{
    /// <summary>Loopback only, on a free port.</summary>
    public const string DefaultUrl = "http://127.0.0.1:0";

    private readonly WebApplication _server;
    private readonly TimeProvider _time;

    private SimulatorHost(SimulatorOptions options, string url, TimeProvider time, ILoggerFactory? logs)
    {
        _time = time;
        Options = options;
        World = new World(options, time.GetUtcNow());
        Requests = new RequestLog(options.RememberedRequests);
        var tokens = new TokenDesk(options.TokenLifetime, time);
        Faults = new FaultBoard(tokens, World);

        // The empty builder: no logging of its own, no appsettings.json, no environment variables.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        builder.Services.AddRoutingCore();
        // A request held back by a fault must not hold the end back.
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.Services.AddHostedService(services => new LifeLoop(
            World,
            time,
            services.GetRequiredService<ILogger<LifeLoop>>()
        ));
        if (logs is not null)
            builder.Services.AddSingleton(logs);

        _server = builder.Build();
        _server.Urls.Add(url);
        new UpstreamApi(World, time, tokens, Faults, Requests, options).Map(_server);
        new ControlApi(World, time, Faults, Requests).Map(_server);
    }

    /// <summary>As given at the start.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>Where it listens, the actual port included, such as <c>http://127.0.0.1:41873/</c>.</summary>
    public Uri BaseAddress => new(_server.Urls.First());

    /// <summary>The truth behind the answers.</summary>
    public World World { get; }

    /// <summary>Everything that happened. Life catches up with the clock a few times a second; <see cref="CatchUp"/> does it at once.</summary>
    public TruthLedger Ledger => World.Ledger;

    /// <summary>What goes wrong on purpose.</summary>
    public FaultBoard Faults { get; }

    /// <summary>What came in.</summary>
    public RequestLog Requests { get; }

    /// <summary>How life goes.</summary>
    public LifeState Life => World.Life;

    /// <summary>Starts a simulator; it answers when this returns.</summary>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="url">Where to listen; port 0 takes a free one. Anything but loopback lets others in: nothing guards the control paths.</param>
    /// <param name="time">Drives life, token expiry and delays. Null for the system's.</param>
    /// <param name="logs">Null for silence.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <exception cref="ArgumentException">The options are outside their ranges.</exception>
    /// <exception cref="IOException">The address is taken.</exception>
    public static async Task<SimulatorHost> StartAsync(
        SimulatorOptions? options = null,
        string url = DefaultUrl,
        TimeProvider? time = null,
        ILoggerFactory? logs = null,
        CancellationToken cancellationToken = default
    )
    {
        var host = new SimulatorHost(options ?? new SimulatorOptions(), url, time ?? TimeProvider.System, logs);
        try
        {
            await host._server.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Returns when <paramref name="cancellationToken"/> is cancelled and the simulator has stopped.</summary>
    public Task RunUntilCancelledAsync(CancellationToken cancellationToken) =>
        _server.WaitForShutdownAsync(cancellationToken);

    /// <summary>Lets everything happen that is due by now.</summary>
    public void CatchUp() => World.AdvanceTo(_time.GetUtcNow());

    /// <summary>Nothing moves by itself any more.</summary>
    public void Pause() => World.Pause(_time.GetUtcNow());

    /// <summary>Life goes on from now.</summary>
    public void Resume() => World.Resume(_time.GetUtcNow());

    /// <summary>Life goes on at another rate: steps per minute over all companies, 0 to 60000.</summary>
    public void ChangeRate(double transitionsPerMinute) => World.ChangeRate(transitionsPerMinute, _time.GetUtcNow());

    /// <summary>Moves one assignment now, paused or not. See <see cref="World.Transition"/>.</summary>
    /// <exception cref="OrderRefusedException">Nothing matches, or it has that status already.</exception>
    public LedgerEntry Transition(TransitionOrder order) => World.Transition(order, _time.GetUtcNow());

    /// <summary>Moves an assignment of the first company, chosen by chance, to the status now.</summary>
    /// <exception cref="OrderRefusedException">Every assignment has that status already.</exception>
    public LedgerEntry Transition(UpstreamStatus to) => Transition(new TransitionOrder { To = to });

    /// <summary>Assigns a course now to an employee who does not hold it, paused or not.</summary>
    /// <exception cref="OrderRefusedException">There is no such employee and course.</exception>
    public LedgerEntry Assign(AssignmentOrder? order = null) =>
        World.Assign(order ?? new AssignmentOrder(), _time.GetUtcNow());

    /// <summary>Assigns a course that is held once more now. See <see cref="World.Reassign"/>.</summary>
    /// <exception cref="OrderRefusedException">Nothing matches.</exception>
    public LedgerEntry Reassign(AssignmentChoice? choice = null) =>
        World.Reassign(choice ?? new AssignmentChoice(), _time.GetUtcNow());

    /// <summary>Changes an assignment but not its status now. See <see cref="World.Touch"/>.</summary>
    /// <exception cref="OrderRefusedException">Nothing matches.</exception>
    public AssignmentState Touch(AssignmentChoice? choice = null) =>
        World.Touch(choice ?? new AssignmentChoice(), _time.GetUtcNow());

    /// <summary>Takes an employee off a course now. See <see cref="World.Remove"/>.</summary>
    /// <exception cref="OrderRefusedException">Nothing matches.</exception>
    public AssignmentState Remove(AssignmentChoice? choice = null) =>
        World.Remove(choice ?? new AssignmentChoice(), _time.GetUtcNow());

    /// <summary>Gives a course another name now. See <see cref="World.RenameCourse"/>.</summary>
    /// <exception cref="OrderRefusedException">There is no such course, or it has that name already.</exception>
    public Course RenameCourse(RenameOrder? order = null) =>
        World.RenameCourse(order ?? new RenameOrder(), _time.GetUtcNow());

    /// <summary>Stops listening and living; what is in process stays readable.</summary>
    public Task StopAsync(CancellationToken cancellationToken = default) => _server.StopAsync(cancellationToken);

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
