using System.Net.Sockets;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A client's connection and the one to the server that belongs to it.</summary>
internal sealed class ProxiedConnection(Socket client, Stretch upstream, Stretch downstream)
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

    /// <summary>What is sent over this one never arrives, whatever the others meet.</summary>
    public bool IsBlackHole { get; set; }

    /// <summary>Relays until one of the two ends.</summary>
    public async Task RunAsync(string host, int port, CancellationToken cancellationToken)
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(host, port, cancellationToken);
            await Task.WhenAny(
                PumpAsync(client, _server, upstream, cancellationToken),
                PumpAsync(_server, client, downstream, cancellationToken)
            );
        }
        catch (Exception end) when (IsEnd(end))
        {
            // The server is away: so is the proxy.
        }
        finally
        {
            Reset();
        }
    }

    /// <summary>Ends both connections, with a reset.</summary>
    public void Reset()
    {
        Reset(client);
        Reset(_server);
    }

    public static void Reset(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception end) when (IsEnd(end))
        {
            // It has ended already.
        }

        socket.Dispose();
    }

    private async Task PumpAsync(Socket from, Socket to, Stretch stretch, CancellationToken cancellationToken)
    {
        var buffer = new byte[Stretch.Widest];
        var hasHole = false;
        try
        {
            while (
                await from.ReceiveAsync(buffer.AsMemory(0, stretch.MostBytes), cancellationToken) is var count and > 0
            )
            {
                var chunk = buffer.AsMemory(0, count);
                if (stretch.Delay > TimeSpan.Zero)
                    await Task.Delay(stretch.Delay, TimeProvider.System, cancellationToken);
                switch (IsBlackHole ? Passage.IsSwallowed : stretch.Meet(chunk))
                {
                    case Passage.IsCut:
                        return;
                    case Passage.IsSwallowed:
                        hasHole = true;
                        continue;
                    // No network delivers what comes after a hole: when it is well again, the connection is not.
                    case Passage.Passes when hasHole:
                        return;
                    default:
                        for (var sent = 0; sent < count; )
                            sent += await to.SendAsync(chunk[sent..], cancellationToken);
                        break;
                }
            }
        }
        catch (Exception end) when (IsEnd(end))
        {
            // Either side is gone.
        }
    }

    private static bool IsEnd(Exception error) =>
        error is SocketException or ObjectDisposedException or OperationCanceledException;
}
