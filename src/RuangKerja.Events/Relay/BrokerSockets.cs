using System.Net.Sockets;
using RabbitMQ.Client;

namespace RuangKerja.Events.Relay;

/// <summary>
/// The sockets of one bus or client, to end what does not end by itself: it asks the broker before it closes a connection, and
/// on a connection that is stuck no answer comes. Thread-safe.
/// </summary>
internal sealed class BrokerSockets
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private readonly List<ITcpClient> _sockets = [];
    private bool _closed;

    /// <summary>Makes one, for the client of RabbitMQ.</summary>
    public ITcpClient Make(AddressFamily family)
    {
        var socket = ConnectionFactoryBase.DefaultSocketFactory(family);
        lock (_gate)
        {
            // Made one after the other: what is not connected now is over.
            _sockets.RemoveAll(before => !before.Connected);
            // The client tries the next address when one does not connect: it does not know of the end.
            if (_closed)
                socket.Close();
            else
                _sockets.Add(socket);
        }

        return socket;
    }

    /// <summary>
    /// Ends all connections at once, and those that are still to be made. What is not sent yet never is: else a message could
    /// come behind those that went over another connection meanwhile.
    /// </summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            foreach (var socket in _sockets)
                Reset(socket);
            _sockets.Clear();
        }
    }

    /// <summary>Closes a connection over them: politely when the broker answers in time, and in any case.</summary>
    /// <param name="longest">How long it has; zero for none.</param>
    public async Task CloseAsync(IConnection connection, TimeSpan longest, TimeProvider time)
    {
        if (longest == TimeSpan.Zero)
            Close();
        await connection
            .DisposeAsync()
            .AsTask()
            .WaitAsync(longest, time)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Close();
    }

    private static void Reset(ITcpClient socket)
    {
        try
        {
            if (socket.Client is { } client)
                client.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // It has ended by itself.
        }

        socket.Close();
    }
}
