using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Relay;

/// <summary>
/// The connection that events are published over: a bus for nothing else, so that it can be closed and another opened when it
/// is stuck, without disturbing who consumes. It is opened by the first who needs it.
/// </summary>
/// <remarks>Starts with the host and stops after what publishes over it. Thread-safe.</remarks>
public sealed class RelayConnection : IHostedService
{
    private readonly RelayOptions _options;
    private readonly BrokerCredentials _credentials;
    private readonly TimeProvider _time;
    private readonly BrokerBus _bus;
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private long? _recycledAt;

    /// <summary>Opens nothing yet.</summary>
    public RelayConnection(RelayOptions options, BrokerCredentials credentials, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _credentials = credentials;
        _time = time;
        _bus = new BrokerBus(Make, time, logs);
    }

    /// <summary>Why the broker turned messages down.</summary>
    internal PublishFaults Faults { get; } = new();

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => _bus.StopAsync(cancellationToken);

    /// <summary>The bus to publish over.</summary>
    internal Task<IBusControl> GetAsync() => _bus.GetAsync();

    /// <summary>
    /// Gives the connection up: it is closed, and the next message goes over a new one. What is under way over the old one
    /// fails, and is sent again.
    /// </summary>
    /// <returns>False when that was done a moment ago, for somebody else.</returns>
    internal bool Recycle()
    {
        lock (_gate)
        {
            if (_recycledAt is { } at && _time.GetElapsedTime(at) < _options.PublishTimeout || !_bus.GiveUp())
                return false;

            _recycledAt = _time.GetTimestamp();
            return true;
        }
    }

    private IBusControl Make(BrokerSockets sockets)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.ConnectTo(_options, _credentials, "ruangkerja-events relay", sockets);
            rabbit.UseRelayTopology();
        });
        bus.ConnectPublishObserver(Faults);
        return bus;
    }
}
