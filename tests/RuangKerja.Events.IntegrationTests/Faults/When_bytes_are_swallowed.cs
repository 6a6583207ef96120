using System.Net;
using System.Net.Sockets;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The proxy's black hole is that of a network: it never hands on a stream with a hole in it.</summary>
public sealed class When_bytes_are_swallowed
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Should_reset_the_connection_when_more_comes_and_serve_a_new_one()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        await using var proxy = ChaosProxy.Before("127.0.0.1", ((IPEndPoint)server.LocalEndpoint).Port);
        using var client = await ConnectAsync(proxy);
        using var accepted = await server.AcceptSocketAsync().WaitAsync(Patience, TimeProvider.System);

        proxy.BlackHole();
        await client.SendAsync("lost"u8.ToArray());
        await Wait.Until(() => proxy.Upstream.Swallowed > 0, Patience, "the bytes are swallowed");
        proxy.Heal();
        await client.SendAsync("late"u8.ToArray());

        await Should.ThrowAsync<SocketException>(() => ReceiveAsync(accepted));
        using var next = await ConnectAsync(proxy);
        using var nextAccepted = await server.AcceptSocketAsync().WaitAsync(Patience, TimeProvider.System);
        await next.SendAsync("well"u8.ToArray());
        (await ReceiveAsync(nextAccepted)).ShouldBe(4);
    }

    private static async Task<Socket> ConnectAsync(ChaosProxy proxy)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, proxy.Port);
        return client;
    }

    private static Task<int> ReceiveAsync(Socket socket) =>
        socket.ReceiveAsync(new byte[16]).WaitAsync(Patience, TimeProvider.System);
}
