using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.IntegrationTests.Faults.BrokenRules;

/// <summary>A publisher that does not wait for the broker's confirm: what was written to the socket counts as sent.</summary>
internal sealed class UnconfirmedPublisher(Uri broker) : IEventPublisher, IAsyncDisposable
{
    private readonly IBusControl _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        rabbit.Host(broker, host => host.PublisherConfirmation = false)
    );

    /// <summary>It can publish when this returns.</summary>
    public Task StartAsync() => _bus.StartAsync(TimeSpan.FromSeconds(30));

    public async Task<PublishOutcome> PublishAsync(CourseStatusChanged message, CancellationToken cancellationToken)
    {
        await _bus.Publish(
            message,
            message.GetType(),
            context => context.MessageId = message.EventId,
            cancellationToken
        );
        return PublishOutcome.Confirmed;
    }

    /// <summary>A publisher that waits for nothing is never stuck.</summary>
    public bool Recycle(long since) => false;

    public async ValueTask DisposeAsync() => await _bus.StopAsync(TimeSpan.FromSeconds(10));
}
