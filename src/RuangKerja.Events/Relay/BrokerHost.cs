using System.Security.Authentication;
using MassTransit;

namespace RuangKerja.Events.Relay;

/// <summary>Tells MassTransit where the broker is and how it is connected to.</summary>
internal static class BrokerHost
{
    /// <summary>The connection of a bus.</summary>
    /// <param name="sockets">Makes its sockets; null when nobody need close them.</param>
    public static void ConnectTo(
        this IRabbitMqBusFactoryConfigurator bus,
        RelayOptions options,
        BrokerCredentials credentials,
        string name,
        BrokerSockets? sockets = null
    )
    {
        var address = BrokerAddress.Parse(options.RabbitMqUri);
        bus.Host(
            address.Host,
            address.Port,
            address.VirtualHost,
            name,
            host =>
            {
                host.CredentialsProvider = credentials;
                host.Heartbeat(options.Heartbeat);
                host.PublisherConfirmation = true;
                if (sockets is not null)
                    host.OnRefreshConnectionFactory = factory =>
                    {
                        factory.SocketFactory = sockets.Make;
                        return Task.CompletedTask;
                    };
                if (address.Encrypted)
                    host.UseSsl(ssl => RequireTrust(ssl, address));
            }
        );
    }

    /// <summary>MassTransit's default lets any certificate chain pass, and keeps to TLS 1.2.</summary>
    private static void RequireTrust(IRabbitMqSslConfigurator ssl, BrokerAddress address)
    {
        ssl.ServerName = address.Host;
        ssl.Protocol = SslProtocols.None;
        ssl.CertificateValidationCallback = BrokerTrust.Verify;
    }
}
