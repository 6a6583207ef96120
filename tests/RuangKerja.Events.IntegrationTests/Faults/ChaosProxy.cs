using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>
/// A TCP relay on loopback between the service and one server, with the faults of a network on demand. What is set holds for
/// all connections, open and new, until it is set otherwise.
/// </summary>
internal sealed class ChaosProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<ProxiedConnection, byte> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private int _accepted;

    private ChaosProxy(string host, int port)
    {
        (_host, _port) = (host, port);
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Where clients connect instead of to the server.</summary>
    public int Port { get; }

    /// <summary>How many connections were made through it.</summary>
    public int Accepted => _accepted;

    /// <summary>How many are open.</summary>
    public int Open => _open.Count;

    /// <summary>From the client to the server.</summary>
    public Stretch Upstream { get; } = new();

    /// <summary>From the server to the client.</summary>
    public Stretch Downstream { get; } = new();

    /// <summary>New connections are reset at once, as by a host where nothing listens.</summary>
    public bool Refuses { get; set; }

    public static ChaosProxy Before(string host, int port) => new(host, port);

    /// <summary>Bytes go in, nothing comes out, and nobody is told: a cable that was pulled.</summary>
    public void BlackHole()
    {
        Upstream.Swallows = true;
        Downstream.Swallows = true;
    }

    /// <summary>The same for the connections that are open now, for ever; new ones are good.</summary>
    public void BlackHoleOpen()
    {
        foreach (var connection in _open.Keys)
            connection.IsBlackHole = true;
    }

    /// <summary>All is well again; connections that were reset stay so.</summary>
    public void Heal()
    {
        Refuses = false;
        Upstream.Heal();
        Downstream.Heal();
    }

    /// <summary>Ends every open connection with a reset.</summary>
    public void ResetAll()
    {
        foreach (var connection in _open.Keys)
            connection.Reset();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        ResetAll();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                if (Refuses)
                {
                    ProxiedConnection.Reset(client);
                    continue;
                }

                var connection = new ProxiedConnection(client, Upstream, Downstream);
                _open.TryAdd(connection, 0);
                _ = RunAsync(connection);
            }
            catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // Closed, or a client that was gone before it was greeted.
            }
        }
    }

    private async Task RunAsync(ProxiedConnection connection)
    {
        await connection.RunAsync(_host, _port, _stop.Token);
        _open.TryRemove(connection, out _);
    }
}
