using LearnerNotifier;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

// Where the broker is: RABBITMQ_URI=amqp://user:password@host:port/vhost
if (!Uri.TryCreate(Environment.GetEnvironmentVariable("RABBITMQ_URI"), UriKind.Absolute, out var broker))
{
    await Console.Error.WriteLineAsync("Set RABBITMQ_URI to the broker, such as amqp://user:password@host:5672/.");
    return 2;
}

var host = Host.CreateApplicationBuilder(args);
host.Logging.SetMinimumLevel(LogLevel.Warning);
host.Services.AddMassTransit(bus =>
{
    bus.DisableUsageTelemetry();
    bus.SetKebabCaseEndpointNameFormatter();
    bus.AddConsumer<LearnerNotifierConsumer>();
    bus.AddConfigureEndpointsCallback(
        (_, endpoint) => (endpoint as IRabbitMqReceiveEndpointConfigurator)?.SetQuorumQueue()
    );
    bus.UsingRabbitMq(
        (context, rabbit) =>
        {
            rabbit.Host(broker);
            rabbit.ConfigureEndpoints(context);
        }
    );
});
host.Services.Configure<MassTransitHostOptions>(bus => bus.WaitUntilStarted = true);

using var app = host.Build();
await app.StartAsync();
await Console.Out.WriteLineAsync("Listening on queue learner-notifier");
await app.WaitForShutdownAsync();
return 0;
