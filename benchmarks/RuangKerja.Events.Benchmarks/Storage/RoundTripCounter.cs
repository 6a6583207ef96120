using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace RuangKerja.Events.Benchmarks.Storage;

/// <summary>
/// Stands between client and PostgreSQL and counts how often the client waits for an answer: once for each Sync and each
/// simple Query (PostgreSQL's manual, "Message Formats").
/// </summary>
internal sealed class RoundTripCounter : IAsyncDisposable
{
    private const byte Sync = (byte)'S';
    private const byte Query = (byte)'Q';
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
        // Encrypted messages could not be told apart.
        connection.SslMode = SslMode.Disable;
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
                await Task.WhenAny(
                    PassAsync(client.GetStream(), server.GetStream(), new MessageScan(this)),
                    PassAsync(server.GetStream(), client.GetStream(), scan: null)
                );
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // The client has ended the connection, or the measurement is over.
            }
        }
    }

    private async Task PassAsync(NetworkStream from, NetworkStream to, MessageScan? scan)
    {
        var buffer = new byte[BufferBytes];
        while (await from.ReadAsync(buffer, _ended.Token) is var read and > 0)
        {
            scan?.Take(buffer.AsSpan(0, read));
            await to.WriteAsync(buffer.AsMemory(0, read), _ended.Token);
        }
    }

    /// <summary>Follows the client's messages: a type, but for the first one, and a length that counts itself.</summary>
    private sealed class MessageScan(RoundTripCounter counter)
    {
        private readonly byte[] _header = new byte[5];
        private int _headerLength = 1;
        private long _left;

        public void Take(ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length > 0)
            {
                if (_left > 0)
                {
                    var skipped = (int)Math.Min(_left, bytes.Length);
                    _left -= skipped;
                    bytes = bytes[skipped..];
                    continue;
                }

                _header[_headerLength++] = bytes[0];
                bytes = bytes[1..];
                if (_headerLength == _header.Length)
                {
                    if (_header[0] is Sync or Query)
                        Interlocked.Increment(ref counter._roundTrips);
                    _left = BinaryPrimitives.ReadInt32BigEndian(_header.AsSpan(1)) - sizeof(int);
                    _headerLength = 0;
                }
            }
        }
    }
}
