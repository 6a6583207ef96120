using System.Net;
using System.Net.Sockets;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The executable, since what a process trusts is decided by its environment.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_brokers_certificate_expires(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task F23_P1_Should_name_the_certificate_and_go_on_when_it_is_renewed()
    {
        using var certificate = new BrokerCertificate();
        var now = TimeProvider.System.GetUtcNow();
        certificate.Issue(until: now.AddDays(-1));
        var port = FreePort();
        await using var rabbitMq = await RabbitMqServer.StartAsync(new() { Settings = certificate.Settings(port) });
        await using var bench = await FaultBench.PrepareAsync(await servers.CreateDatabaseAsync(), rabbitMq.AmqpUri);
        var settings = new Dictionary<string, string>(bench.Deployment.Settings)
        {
            ["Polling:Roster:Enabled"] = "false",
            ["Relay:RabbitMqUri"] = $"{new UriBuilder(rabbitMq.AmqpUri) { Scheme = "amqps", Port = port }.Uri}",
            ["SSL_CERT_FILE"] = certificate.Authority,
        };
        await using var service = ServiceProcess.Start(settings, "run");
        await bench.WaitForBootstrapAsync();

        await Wait.Until(
            () => service.Out.Contains("certificate is not accepted", StringComparison.Ordinal),
            Patience,
            "the log to name the certificate"
        );
        service.Out.ShouldContain("NotTimeValid");
        service.Out.ShouldContain("Renew the broker's certificate");

        certificate.Issue(until: now.AddDays(1));
        await rabbitMq.RabbitMqCtlAsync("eval", "ssl:clear_pem_cache().");
        await bench.LiveUntilReceivedAsync(10);

        (await bench.JudgeAsync()).ShouldBeComplete();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
