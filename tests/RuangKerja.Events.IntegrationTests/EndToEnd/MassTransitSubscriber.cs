using System.Collections.Concurrent;
using MassTransit;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>A downstream service in small: a queue of its own, bound by MassTransit to one message type.</summary>
internal sealed class MassTransitSubscriber<T> : IAsyncDisposable
    where T : CourseStatusChanged
{
    private readonly ConcurrentQueue<CourseStatusChanged> _received = new();
    private readonly ConcurrentDictionary<Guid, bool> _marks = new();
    private readonly string _queue = $"subscriber-{Guid.NewGuid():N}";
    private readonly IBusControl _bus;

    private MassTransitSubscriber(Uri broker, Action<CourseStatusChanged> effect) =>
        _bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(broker);
            rabbit.ReceiveEndpoint(
                _queue,
                endpoint =>
                {
                    // One at a time, so that the order received is the order sent.
                    endpoint.PrefetchCount = 1;
                    endpoint.Handler<T>(context =>
                    {
                        _received.Enqueue(context.Message);
                        effect(context.Message);
                        return Task.CompletedTask;
                    });
                    endpoint.Handler<QueueMark>(context =>
                    {
                        _marks[context.Message.Id] = true;
                        return Task.CompletedTask;
                    });
                }
            );
        });

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<CourseStatusChanged> Received => [.. _received];

    /// <summary>The queue is there, and bound, when this returns.</summary>
    /// <param name="broker">Where to connect.</param>
    /// <param name="effect">What the service does with each message, one at a time; null for nothing.</param>
    public static async Task<MassTransitSubscriber<T>> StartAsync(
        Uri broker,
        Action<CourseStatusChanged>? effect = null
    )
    {
        var subscriber = new MassTransitSubscriber<T>(broker, effect ?? (_ => { }));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await subscriber._bus.StartAsync(deadline.Token);
        return subscriber;
    }

    public Task WaitForAsync(int count) =>
        Wait.Until(() => _received.Count >= count, TimeSpan.FromSeconds(60), $"{count} messages of {typeof(T).Name}");

    /// <summary>All that is in its queue now has been received: what stands behind it has come.</summary>
    public async Task ReceiveAllAsync()
    {
        var mark = new QueueMark(Guid.NewGuid());
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var queue = await _bus.GetSendEndpoint(new Uri($"queue:{_queue}"));
        await queue.Send(mark, deadline.Token);
        await Wait.Until(() => _marks.ContainsKey(mark.Id), TimeSpan.FromSeconds(60), $"the end of {_queue}");
    }

    public async ValueTask DisposeAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _bus.StopAsync(deadline.Token);
    }
}
