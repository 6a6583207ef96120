using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Subscriber.Endpoint;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>One subscriber of a process: what all its messages share.</summary>
internal sealed class Subscription<TConsumer> : IDisposable
    where TConsumer : class, IConsumer
{
    public Subscription(IServiceProvider provider, SubscriberSettings settings, InboxChoice inbox)
    {
        Settings = settings;
        Inbox = inbox.Make(provider, settings);
        Time = provider.GetRequiredService<TimeProvider>();
        Reports = new SubscriberReports(
            settings.Queue,
            provider.GetRequiredService<SubscriberMetrics>(),
            provider.GetRequiredService<ILogger<SubscriberReports>>()
        );
        Gates = new AssignmentGates(Time);
        Slots = new Slots(settings.Concurrency);
        Patience = new Patience(settings.Retry, Life, Reports, Time);
        Scopes = new ConsumerScopes<TConsumer>(provider.GetRequiredService<IServiceScopeFactory>());
    }

    public SubscriberSettings Settings { get; }

    public IInbox Inbox { get; }

    public TimeProvider Time { get; }

    public SubscriberReports Reports { get; }

    public EndpointLife Life { get; } = new();

    public AssignmentGates Gates { get; }

    public Slots Slots { get; }

    public Patience Patience { get; }

    public ConsumerScopes<TConsumer> Scopes { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Life.Dispose();
        Slots.Dispose();
    }
}
