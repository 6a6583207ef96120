using MassTransit;
using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Relay;

/// <summary>
/// A bus of MassTransit's that can be given up for another one: it is made by the first who needs it, and once more when its
/// start has failed, which MassTransit does not try again. Thread-safe.
/// </summary>
/// <param name="make">Makes a bus whose sockets are the ones given; it is started here.</param>
internal sealed partial class BrokerBus(Func<BrokerSockets, IBusControl> make, TimeProvider time, ILoggerFactory logs)
{
    // The stop of the whole program has 10 s.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(2);

    private readonly ILogger _logger = logs.CreateLogger<BrokerBus>();
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private (Task<IBusControl> Bus, BrokerSockets Sockets)? _open;
    private Task _closing = Task.CompletedTask;
    private bool _stopped;

    /// <summary>The bus to send over. Its connection to the broker is made, and made again, by itself.</summary>
    public Task<IBusControl> GetAsync()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_open is { Bus: { IsFaulted: true } or { IsCanceled: true } })
                Close();
            if (_open is { } open)
                return open.Bus;

            var sockets = new BrokerSockets();
            var bus = Task.Run(() => OpenAsync(sockets));
            _open = (bus, sockets);
            return bus;
        }
    }

    /// <summary>
    /// Gives the bus up: its connection is cut at once, and the next who needs one gets another. False when there is none.
    /// </summary>
    public bool GiveUp()
    {
        lock (_gate)
        {
            _open?.Sockets.Close();
            var was = _open is not null;
            Close();
            return was;
        }
    }

    /// <summary>Closes it for good, and waits for all that were given up; no longer than the stop may take.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Task closing;
        lock (_gate)
        {
            _stopped = true;
            Close();
            closing = _closing;
        }

        await closing.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task<IBusControl> OpenAsync(BrokerSockets sockets)
    {
        LogContext.ConfigureCurrentLogContext(logs);
        var bus = make(sockets);
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
        using var bounded = new CancellationTokenSource(CloseTimeout, time);
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
