using System.Net.Sockets;
using RabbitMQ.Client;

namespace RuangKerja.Events.Relay;

/// <summary>
/// The sockets of one bus, to end what does not end by itself: a bus asks the broker before it closes a connection, and on a
/// connection that is stuck no answer comes. Thread-safe.
/// </summary>
internal sealed class BrokerSockets
{
    private readonly Lock _gate = new();
    private readonly List<ITcpClient> _sockets = [];

    /// <summary>Makes one, for the client of RabbitMQ.</summary>
    public ITcpClient Make(AddressFamily family)
    {
        var socket = ConnectionFactoryBase.DefaultSocketFactory(family);
        lock (_gate)
        {
            // Made one after the other: what is not connected now is over.
            _sockets.RemoveAll(before => !before.Connected);
            _sockets.Add(socket);
        }

        return socket;
    }

    /// <summary>Ends all connections at once.</summary>
    public void Close()
    {
        lock (_gate)
        {
            foreach (var socket in _sockets)
                socket.Close();
            _sockets.Clear();
        }
    }
}
