using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace RuangKerja.Events.Relay;

/// <summary>The connection to the broker: MassTransit's bus, set up to publish.</summary>
internal static class RelayBus
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Registers the bus; it starts with the host and does not hold it up while the broker is away.</summary>
    public static IServiceCollection AddRelayBus(this IServiceCollection services, Uri rabbitMqUri)
    {
        services.Configure<MassTransitHostOptions>(host =>
        {
            host.WaitUntilStarted = false;
            host.StopTimeout = StopTimeout;
        });
        return services.AddMassTransit(registration =>
        {
            registration.DisableUsageTelemetry();
            registration.UsingRabbitMq(
                (_, bus) =>
                {
                    bus.Host(rabbitMqUri);
                    bus.UseRelayTopology();
                }
            );
        });
    }

    /// <summary>Connects to <c>amqp[s]://user:password@host:port/vhost</c>, with publisher confirms.</summary>
    private static void Host(this IRabbitMqBusFactoryConfigurator bus, Uri uri)
    {
        var encrypted = uri.Scheme is "amqps" or "rabbitmqs";
        var port =
            uri.Port > 0 ? uri.Port
            : encrypted ? 5671
            : 5672;
        var virtualHost = uri.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(uri.AbsolutePath[1..]) : "/";
        var user = uri.UserInfo.Split(':', 2);
        bus.Host(
            uri.Host,
            (ushort)port,
            virtualHost,
            "ruangkerja-events",
            host =>
            {
                host.Username(Uri.UnescapeDataString(user[0]));
                host.Password(Uri.UnescapeDataString(user.Length > 1 ? user[1] : ""));
                host.Heartbeat(Heartbeat);
                host.PublisherConfirmation = true;
                if (encrypted)
                    host.UseSsl(ssl => ssl.ServerName = uri.Host);
            }
        );
    }
}
