using System.Net.Security;
using System.Security.Authentication;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace RuangKerja.Events.Relay;

/// <summary>The connection to the broker: MassTransit's bus, set up to publish.</summary>
internal static class RelayBus
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Consumers are told to end well before the stop ends without them: they have something to give back.
    private static readonly TimeSpan ConsumerStopTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Registers the bus; it starts with the host and does not hold it up while the broker is away.</summary>
    /// <param name="register">Registers consumers.</param>
    /// <param name="configure">Sets up the endpoints that consume.</param>
    public static IServiceCollection AddRelayBus(
        this IServiceCollection services,
        Uri rabbitMqUri,
        Action<IBusRegistrationConfigurator>? register = null,
        Action<IRabbitMqBusFactoryConfigurator, IBusRegistrationContext>? configure = null
    )
    {
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = false;
            host.StopTimeout = StopTimeout;
            host.ConsumerStopTimeout = ConsumerStopTimeout;
        });
        return services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            register?.Invoke(registration);
            registration.UsingRabbitMq(
                (context, bus) =>
                {
                    bus.Host(rabbitMqUri);
                    bus.UseRelayTopology();
                    configure?.Invoke(bus, context);
                }
            );
        });
    }

    /// <summary>MassTransit's default lets any certificate chain pass, and keeps to TLS 1.2.</summary>
    private static void RequireTrust(IRabbitMqSslConfigurator ssl, BrokerAddress address)
    {
        ssl.ServerName = address.Host;
        ssl.Protocol = SslProtocols.None;
        ssl.EnforcePolicyErrors(
            SslPolicyErrors.RemoteCertificateChainErrors
                | SslPolicyErrors.RemoteCertificateNameMismatch
                | SslPolicyErrors.RemoteCertificateNotAvailable
        );
    }

    private static void Host(this IRabbitMqBusFactoryConfigurator bus, Uri uri)
    {
        var address = BrokerAddress.Parse(uri);
        bus.Host(
            address.Host,
            address.Port,
            address.VirtualHost,
            "ruangkerja-events",
            host =>
            {
                host.Username(address.User);
                host.Password(address.Password);
                host.Heartbeat(BrokerAddress.Heartbeat);
                host.PublisherConfirmation = true;
                if (address.Encrypted)
                    host.UseSsl(ssl => RequireTrust(ssl, address));
            }
        );
    }
}
