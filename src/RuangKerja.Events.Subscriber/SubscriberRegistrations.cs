using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RuangKerja.Events.Subscriber.Endpoint;
using RuangKerja.Events.Subscriber.Handling;
using RuangKerja.Events.Subscriber.Inbox;
using RuangKerja.Events.Subscriber.Replays;

namespace RuangKerja.Events.Subscriber;

/// <summary>The two doors into the kit: for who has a bus, and for who has none.</summary>
public static class SubscriberRegistrations
{
    /// <summary>
    /// Subscribes a consumer on the team's own bus, which configures its endpoints by MassTransit's <c>ConfigureEndpoints</c>.
    /// Everything of the queue is the kit's matter; the consumer is not to be registered at the bus itself.
    /// </summary>
    /// <typeparam name="TConsumer">
    /// An <c>IConsumer&lt;CourseStatusChanged&gt;</c>, or of some kinds such as <c>CourseCompleted</c>.
    /// </typeparam>
    /// <exception cref="SubscriberOptionsException">With everything that is wrong with the options.</exception>
    public static IBusRegistrationConfigurator AddCourseStatusSubscriber<TConsumer>(
        this IBusRegistrationConfigurator bus,
        Action<SubscriberOptions>? configure = null
    )
        where TConsumer : class, IConsumer
    {
        var options = new SubscriberOptions();
        configure?.Invoke(options);
        var settings = SubscriberSettings.Of<TConsumer>(options);
        if (FaultsOf<TConsumer>(bus, settings.Queue) is { Count: > 0 } faults)
            throw new SubscriberOptionsException(settings.Queue, faults);

        bus.AddLogging();
        bus.AddMetrics();
        bus.TryAddSingleton(TimeProvider.System);
        bus.TryAddSingleton<SubscriberMetrics>();
        bus.TryAddScoped<TConsumer>();
        bus.TryAddScoped<CurrentTransaction>();
        bus.TryAddScoped(scope => scope.GetRequiredService<CurrentTransaction>().Require());
        bus.AddSingleton(provider => new Subscription<TConsumer>(provider, settings, options.Inbox));
        bus.AddSingleton<DeliveryHandler<TConsumer>>();
        bus.AddReplays(settings);
        options.Inbox.AddServices?.Invoke(bus, settings);

        bus.AddConsumer<CourseStatusConsumer<TConsumer>, CourseStatusConsumerDefinition<TConsumer>>();
        bus.AddConsumer<ReplayAnswersConsumer<TConsumer>, ReplayAnswersConsumerDefinition<TConsumer>>();
        return bus;
    }

    /// <summary>Subscribes a consumer, and makes the bus for it.</summary>
    /// <param name="broker">Such as <c>amqps://user:password@host/vhost</c>.</param>
    /// <exception cref="SubscriberOptionsException">With everything that is wrong with the options.</exception>
    /// <exception cref="InvalidOperationException">There is a bus already: use the other door.</exception>
    public static IServiceCollection AddCourseStatusSubscriber<TConsumer>(
        this IServiceCollection services,
        Uri broker,
        Action<SubscriberOptions>? configure = null
    )
        where TConsumer : class, IConsumer
    {
        if (services.Any(service => service.ServiceType == typeof(IBus)))
            throw new InvalidOperationException(
                "There is a bus already, and a process has one. Add the subscriber to it: "
                    + $"services.AddMassTransit(bus => bus.{nameof(AddCourseStatusSubscriber)}<{typeof(TConsumer).Name}>(…))."
            );

        return services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry();
            bus.AddCourseStatusSubscriber<TConsumer>(configure);
            bus.UsingRabbitMq(
                (context, rabbit) =>
                {
                    rabbit.Host(broker);
                    rabbit.ConfigureEndpoints(context);
                }
            );
        });
    }

    /// <summary>Of two on one queue each message would be the first one's; of one consumer's two only the last would be set up.</summary>
    private static List<string> FaultsOf<TConsumer>(IBusRegistrationConfigurator bus, string queue)
        where TConsumer : class, IConsumer
    {
        List<string> faults = [];
        if (
            bus.Any(service =>
                service.IsKeyedService
                && service.ServiceType == typeof(IReplayRequests)
                && queue.Equals(service.ServiceKey)
            )
        )
            faults.Add($"Queue is '{queue}', as another subscriber's of this process; give each its own.");
        if (bus.Any(service => service.ServiceType == typeof(Subscription<TConsumer>)))
            faults.Add(
                $"{typeof(TConsumer).Name} is subscribed already; a second subscriber takes a class of its own."
            );
        if (bus.GetType().GetInterfaces().Any(IsOfFurtherBus))
            faults.Add(
                "The bus is one beside the process's own (AddMassTransit<TBus>); add the subscriber to that one."
            );
        return faults;
    }

    private static bool IsOfFurtherBus(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IBusRegistrationConfigurator<>);

    private static void AddReplays(this IServiceCollection services, SubscriberSettings settings)
    {
        services.AddKeyedSingleton<ReplayRequests>(
            settings.Queue,
            (provider, _) =>
                new ReplayRequests(provider.GetRequiredService<IBus>(), settings.Queue, ReplayRequests.UsualPatience)
        );
        services.AddKeyedSingleton<IReplayRequests>(
            settings.Queue,
            (provider, queue) => provider.GetRequiredKeyedService<ReplayRequests>(queue)
        );
        services.AddKeyedSingleton<ICourseStatusReplays>(
            settings.Queue,
            (provider, queue) => provider.GetRequiredKeyedService<ReplayRequests>(queue)
        );
        services.AddSingleton<ICourseStatusReplays>(provider =>
            provider.GetRequiredKeyedService<ICourseStatusReplays>(settings.Queue)
        );
    }
}
