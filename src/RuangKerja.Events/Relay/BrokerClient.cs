using RabbitMQ.Client;

namespace RuangKerja.Events.Relay;

/// <summary>Connections of a plain client's, without MassTransit. None recovers by itself: whoever has one makes another.</summary>
internal static class BrokerClient
{
    /// <summary>Makes them: where the broker is, who we are, what we trust.</summary>
    /// <param name="name">Shown among the broker's connections.</param>
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

    /// <summary>A handler of the client's events, which must be asynchronous, of work that is not.</summary>
    public static Task Run(Action work)
    {
        work();
        return Task.CompletedTask;
    }
}
