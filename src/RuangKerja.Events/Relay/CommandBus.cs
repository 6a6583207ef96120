using MassTransit;
using MassTransit.Configuration;
using MassTransit.RabbitMqTransport.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.Relay;

/// <summary>
/// A bus over which commands come and go: one for sweeps, another for requests for replays, so that neither stops the other;
/// events have a connection of their own. It consumes for as long as the program runs: MassTransit connects its endpoints anew by itself, except after credentials were refused and after some
/// cancellations. Then they have ended without a word, and another bus takes the place of this one.
/// </summary>
/// <param name="name">What it is called on the broker, in the log and by the metrics: commands, replay-requests.</param>
/// <param name="endpoints">Sets up the endpoints that consume, for each bus.</param>
internal sealed partial class CommandBus(
    string name,
    Action<IRabbitMqBusFactoryConfigurator> endpoints,
    RelayOptions options,
    BrokerCredentials credentials,
    BrokerState broker,
    PipelineMetrics metrics,
    TimeProvider time,
    ILoggerFactory logs
) : BackgroundService, IHostedLifecycleService
{
    // Several looks before the patience is over.
    private const int Looks = 4;

    // Consumers are told to end well before the stop ends without them: they have something to give back.
    private static readonly TimeSpan ConsumerStopTimeout = TimeSpan.FromSeconds(1);

    private readonly ILogger _logger = logs.CreateLogger<CommandBus>();
    private readonly LostConsumers _lost = new(broker, options.ConsumerPatience, time);
    private readonly BrokerBus _bus = new(sockets => Make(name, endpoints, options, credentials, sockets), time, logs);

    // Null until the stop begins.
    private Task? _ending;

    /// <summary>The bus to send over.</summary>
    public Task<IBusControl> GetAsync() => _bus.GetAsync();

    /// <summary>Begins to end before the parts of the program are stopped one after the other: a silent broker costs time.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken)
    {
        _ending = EndAsync(cancellationToken);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public override Task StopAsync(CancellationToken cancellationToken) => _ending ?? EndAsync(cancellationToken);

    private async Task EndAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await _bus.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            // Made anew when its start has failed; while the broker is away that takes long.
            var bus = _bus.GetAsync();
            await Task.Delay(options.ConsumerPatience / Looks, time, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested || !_lost.Is(bus.IsCompletedSuccessfully && Consumes(await bus)))
                continue;

            _bus.GiveUp();
            metrics.ConnectionRecycled(name);
            Log.Lost(_logger, name, options.ConsumerPatience);
        }
    }

    /// <summary>The endpoint every bus has beside ours only sends, connected or not.</summary>
    private static bool Consumes(IBusControl bus) =>
        bus.CheckHealth()
            .Endpoints.Values.Where(endpoint => endpoint.InputAddress != bus.Address)
            .All(endpoint => endpoint.Status == BusHealthStatus.Healthy);

    private static IBusControl Make(
        string name,
        Action<IRabbitMqBusFactoryConfigurator> endpoints,
        RelayOptions options,
        BrokerCredentials credentials,
        BrokerSockets sockets
    )
    {
        // As Bus.Factory does it, which cannot be told how long consumers may take to stop.
        var topology = new RabbitMqTopologyConfiguration(RabbitMqBusFactory.CreateMessageTopology());
        var configuration = new RabbitMqBusConfiguration(topology);
        configuration.HostConfiguration.ConsumerStopTimeout = ConsumerStopTimeout;
        var rabbit = new RabbitMqBusFactoryConfigurator(configuration);
        rabbit.ConnectTo(options, credentials, $"ruangkerja-events {name}", sockets);
        endpoints(rabbit);
        return rabbit.Build(configuration);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 422,
            Level = LogLevel.Warning,
            Message = "Nothing is consumed by '{Bus}' for {Patience} although the broker is well; its connection is opened anew"
        )]
        public static partial void Lost(ILogger logger, string bus, TimeSpan patience);
    }
}
