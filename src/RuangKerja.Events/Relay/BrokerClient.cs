using RabbitMQ.Client;

namespace RuangKerja.Events.Relay;

/// <summary>Tells a plain client where the broker is and how it is connected to.</summary>
internal static class BrokerClient
{
    /// <summary>Makes connections that do not recover by themselves: who needs one makes another.</summary>
    /// <param name="name">Shown by the broker.</param>
    /// <param name="sockets">Makes their sockets.</param>
    public static ConnectionFactory Factory(
        RelayOptions options,
        BrokerCredentials credentials,
        string name,
        BrokerSockets sockets
    )
    {
        var address = BrokerAddress.Parse(options.RabbitMqUri);
        var factory = new ConnectionFactory
        {
            HostName = address.Host,
            Port = address.Port,
            VirtualHost = address.VirtualHost,
            CredentialsProvider = credentials,
            ClientProvidedName = name,
            RequestedHeartbeat = options.Heartbeat,
            AutomaticRecoveryEnabled = false,
            SocketFactory = sockets.Make,
        };
        factory.Ssl.Enabled = address.Encrypted;
        factory.Ssl.ServerName = address.Host;
        factory.Ssl.CertificateValidationCallback = BrokerTrust.Verify;
        return factory;
    }
}
