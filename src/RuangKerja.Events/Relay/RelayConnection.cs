using MassTransit;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Relay;

/// <summary>
/// The connection that events are published over: a bus of MassTransit's for nothing else, so that it can be closed and
/// another opened when it is stuck, without disturbing who consumes. It is opened by the first who needs it.
/// </summary>
/// <remarks>Starts with the host and stops after what publishes over it. Thread-safe.</remarks>
public sealed partial class RelayConnection : IHostedService
{
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private readonly RelayOptions _options;
    private readonly TimeProvider _time;
    private readonly ILoggerFactory _logs;
    private readonly ILogger _logger;
    private readonly BrokerCredentials _credentials;
    private readonly PublishFaults _faults = new();
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private (Task<IBusControl> Bus, BrokerSockets Sockets)? _open;
    private Task _closing = Task.CompletedTask;
    private long? _recycledAt;
    private bool _stopped;

    /// <summary>Opens nothing yet.</summary>
    public RelayConnection(RelayOptions options, BrokerCredentials credentials, TimeProvider time, ILoggerFactory logs)
    {
        _options = options;
        _time = time;
        _logs = logs;
        _logger = logs.CreateLogger<RelayConnection>();
        _credentials = credentials;
    }

    /// <summary>Why the broker turned messages down.</summary>
    internal PublishFaults Faults => _faults;

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _stopped = true;
            Close();
            return _closing.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The bus to publish over. Its connection to the broker is made, and made again, by itself.</summary>
    internal Task<IBusControl> GetAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_open is { } open)
                return open.Bus;

            var sockets = new BrokerSockets();
            var bus = Task.Run(() => OpenAsync(sockets));
            _open = (bus, sockets);
            return bus;
        }
    }

    /// <summary>
    /// Gives the connection up: it is closed, and the next message goes over a new one. What is under way over the old one
    /// fails, and is sent again.
    /// </summary>
    /// <returns>False when that was done a moment ago, for somebody else.</returns>
    internal bool Recycle()
    {
        lock (_gate)
        {
            if (_open is null || (_recycledAt is { } at && _time.GetElapsedTime(at) < _options.PublishTimeout))
                return false;

            _recycledAt = _time.GetTimestamp();
            Close();
            return true;
        }
    }

    private async Task<IBusControl> OpenAsync(BrokerSockets sockets)
    {
        LogContext.ConfigureCurrentLogContext(_logs);
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.ConnectTo(_options, _credentials, "ruangkerja-events relay", sockets);
            rabbit.UseRelayTopology();
        });
        bus.ConnectPublishObserver(_faults);
        // It has no endpoint to wait for: the connection is made by the first message.
        await bus.StartAsync(CancellationToken.None);
        return bus;
    }

    /// <summary>Called under the gate.</summary>
    private void Close()
    {
        if (_open is { } open)
            _closing = Task.WhenAll(_closing, Task.Run(() => CloseAsync(open.Bus, open.Sockets)));
        _open = null;
    }

    private async Task CloseAsync(Task<IBusControl> opening, BrokerSockets sockets)
    {
        using var bounded = new CancellationTokenSource(CloseTimeout, _time);
        try
        {
            var bus = await opening.WaitAsync(bounded.Token);
            await bus.StopAsync(bounded.Token).WaitAsync(bounded.Token);
        }
        // It is given up either way.
        catch (Exception error)
        {
            Log.NotClosed(_logger, error);
        }
        finally
        {
            sockets.Close();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 421,
            Level = LogLevel.Debug,
            Message = "A connection to the broker was given up, and did not close in time"
        )]
        public static partial void NotClosed(ILogger logger, Exception error);
    }
}
