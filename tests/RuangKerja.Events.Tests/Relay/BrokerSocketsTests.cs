using System.Net;
using System.Net.Sockets;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Tests.Relay;

public sealed class BrokerSocketsTests
{
    [Fact]
    public async Task SocketMadeAfterTheEnd_DoesNotConnect()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var sockets = new BrokerSockets();

        sockets.Close();

        var late = sockets.Make(AddressFamily.InterNetwork);
        await Should.ThrowAsync<Exception>(() =>
            late.ConnectAsync(IPAddress.Loopback, ((IPEndPoint)listener.LocalEndpoint).Port, CancellationToken.None)
        );
        late.Connected.ShouldBeFalse();
    }
}
