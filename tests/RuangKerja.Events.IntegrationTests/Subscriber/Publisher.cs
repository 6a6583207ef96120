using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>Publishes messages as the service does: one after another, each confirmed.</summary>
internal sealed class Publisher : IAsyncDisposable
{
    private readonly IBusControl _bus;

    private Publisher(IBusControl bus) => _bus = bus;

    public static async Task<Publisher> StartAsync(Uri broker)
    {
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.DeployPublishTopology = true;
            foreach (var kind in typeof(CourseStatusChanged).Assembly.GetExportedTypes())
                if (kind.IsSubclassOf(typeof(CourseStatusChanged)))
                    rabbit.PublishTopology.GetMessageTopology(kind);
        });
        await bus.StartAsync(new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token);
        return new Publisher(bus);
    }

    public async Task PublishAsync(params CourseStatusChanged[] changes)
    {
        foreach (var change in changes)
            await _bus.Publish(change, change.GetType(), context => context.MessageId = change.EventId);
    }

    /// <summary>Sends straight to a queue, as a replay does.</summary>
    public async Task ReplayAsync(string queue, Guid replayId, params CourseStatusChanged[] changes)
    {
        var endpoint = await _bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        foreach (var change in changes)
            await endpoint.Send(
                change,
                change.GetType(),
                context => Deliveries.MarkReplayed(context.Headers, replayId)
            );
    }

    public async ValueTask DisposeAsync() => await _bus.StopAsync();
}
