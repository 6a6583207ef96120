using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace RuangKerja.LocalServers;

/// <summary>
/// Ports that nobody listens on. They come from below the range of outgoing connections: a port from within it could be
/// taken by any client while its server restarts, even by a client that tries to reach that very server.
/// </summary>
internal static class LoopbackPort
{
    private const int Lowest = 15_000;
    private const int Highest = 32_000;
    private const int Tries = 200;

    /// <summary>Free ports, each different from the others.</summary>
    /// <exception cref="LocalServerException">None was found.</exception>
    public static int[] ChooseFree(int count)
    {
        var ports = new HashSet<int>();
        for (var i = 0; i < Tries && ports.Count < count; i++)
        {
            var port = RandomNumberGenerator.GetInt32(Lowest, Highest);
            if (IsFree(port))
                ports.Add(port);
        }

        return ports.Count == count
            ? [.. ports]
            : throw new LocalServerException($"Found no {count} free ports between {Lowest} and {Highest}.");
    }

    private static bool IsFree(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
