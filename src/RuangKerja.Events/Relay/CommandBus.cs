using MassTransit;
using Microsoft.Extensions.DependencyInjection;

namespace RuangKerja.Events.Relay;

/// <summary>MassTransit's bus over which commands come and go; events have a connection of their own.</summary>
internal static class CommandBus
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    // Consumers are told to end well before the stop ends without them: they have something to give back.
    private static readonly TimeSpan ConsumerStopTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Registers the bus; it starts with the host and does not hold it up while the broker is away.</summary>
    /// <param name="register">Registers consumers.</param>
    /// <param name="configure">Sets up the endpoints that consume.</param>
    public static IServiceCollection AddCommandBus(
        this IServiceCollection services,
        RelayOptions options,
        Action<IBusRegistrationConfigurator> register,
        Action<IRabbitMqBusFactoryConfigurator, IBusRegistrationContext> configure
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
            register(registration);
            registration.UsingRabbitMq(
                (context, bus) =>
                {
                    bus.ConnectTo(
                        options,
                        context.GetRequiredService<BrokerCredentials>(),
                        "ruangkerja-events commands"
                    );
                    configure(bus, context);
                }
            );
        });
    }
}
