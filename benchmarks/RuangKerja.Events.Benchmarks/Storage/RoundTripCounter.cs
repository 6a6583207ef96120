using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace RuangKerja.Events.Benchmarks.Storage;

/// <summary>
/// Stands between client and PostgreSQL and counts how often the client speaks after the server has spoken: statements that
/// go out together are answered together.
/// </summary>
internal sealed class RoundTripCounter : IAsyncDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, port: 0);
    private readonly CancellationTokenSource _ended = new();
    private readonly int _serverPort;
    private readonly Task _accepting;
    private int _roundTrips;

    private RoundTripCounter(string server)
    {
        var connection = new NpgsqlConnectionStringBuilder(server);
        _serverPort = connection.Port;
        _listener.Start();
        connection.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = connection.ConnectionString;
        _accepting = AcceptAsync();
    }

    /// <summary>The way to the server that is counted.</summary>
    public string ConnectionString { get; }

    public int RoundTrips => Volatile.Read(ref _roundTrips);

    public static RoundTripCounter Before(string server) => new(server);

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _ended.Dispose();
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
                connections.Add(PassAsync(await _listener.AcceptTcpClientAsync(_ended.Token)));
        }
        catch (Exception) when (_ended.IsCancellationRequested)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task PassAsync(TcpClient client)
    {
        using var server = new TcpClient { NoDelay = true };
        using (client)
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _serverPort, _ended.Token);
                var turn = new Turn();
                await Task.WhenAny(
                    PassAsync(client.GetStream(), server.GetStream(), turn, fromClient: true),
                    PassAsync(server.GetStream(), client.GetStream(), turn, fromClient: false)
                );
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // The client has ended the connection, or the measurement is over.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, Turn turn, bool fromClient)
    {
        var buffer = new byte[BufferBytes];
        while (await from.ReadAsync(buffer, _ended.Token) is var read and > 0)
        {
            if (turn.Take(fromClient))
                Interlocked.Increment(ref _roundTrips);
            await to.WriteAsync(buffer.AsMemory(0, read), _ended.Token);
        }
    }

    /// <summary>Whose words are on the way on one connection.</summary>
    private sealed class Turn
    {
        private int _isClients;

        /// <summary>True when the client begins to speak.</summary>
        public bool Take(bool fromClient) =>
            Interlocked.Exchange(ref _isClients, fromClient ? 1 : 0) == 0 && fromClient;
    }
}
