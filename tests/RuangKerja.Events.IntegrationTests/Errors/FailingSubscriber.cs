using System.Collections.Concurrent;
using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.IntegrationTests.Errors;

/// <summary>A downstream service that cannot handle some messages, on a quorum queue as production would have it.</summary>
internal sealed class FailingSubscriber : IAsyncDisposable
{
    private readonly IBusControl _bus;
    private readonly ConcurrentQueue<(Guid? MessageId, CourseStatusChanged Change)> _handled = new();

    private FailingSubscriber(Uri broker, string queue, QueueKind kind, Func<CourseStatusChanged, Exception?> fault) =>
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.ReceiveEndpoint(
                queue,
                endpoint =>
                {
                    endpoint.PrefetchCount = 1;
                    if (kind == QueueKind.Quorum)
                    {
                        endpoint.SetQuorumQueue();
                        endpoint.SingleActiveConsumer = true;
                        endpoint.SetQueueArgument("x-delivery-limit", 1);
                    }

                    endpoint.Handler<CourseStatusChanged>(context =>
                    {
                        if (fault(context.Message) is { } thrown)
                            throw thrown;
                        _handled.Enqueue((context.MessageId, context.Message));
                        return Task.CompletedTask;
                    });
                }
            );
        });

    /// <summary>What it handled, in order.</summary>
    public IReadOnlyList<(Guid? MessageId, CourseStatusChanged Change)> Handled => [.. _handled];

    /// <summary>The queue is there, and bound, when this returns.</summary>
    public static async Task<FailingSubscriber> StartAsync(
        Uri broker,
        string queue,
        QueueKind kind,
        Func<CourseStatusChanged, Exception?> fault
    )
    {
        var subscriber = new FailingSubscriber(broker, queue, kind, fault);
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await subscriber._bus.StartAsync(deadline.Token);
        return subscriber;
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _bus.StopAsync(deadline.Token);
    }
}

/// <summary>How a subscriber's queue is made.</summary>
public enum QueueKind
{
    /// <summary>Replicated, with one active consumer, and the smallest limit of deliveries that can be set.</summary>
    Quorum,

    /// <summary>MassTransit's default.</summary>
    Classic,
}
