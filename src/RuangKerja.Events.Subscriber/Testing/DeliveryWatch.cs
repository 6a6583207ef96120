using System.Collections.Concurrent;
using MassTransit;
using RuangKerja.Events.Subscriber.Handling;

namespace RuangKerja.Events.Subscriber.Testing;

/// <summary>Sees what becomes of each message on a test's bus. They are told apart by a header: duplicates share their ids.</summary>
internal sealed class DeliveryWatch : IReceiveObserver
{
    private const string Header = "Test-Delivery";

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource<object>> _waiting = new();

    /// <summary>Marks a message that is about to be sent.</summary>
    /// <returns>What becomes of it: a <see cref="Settlement"/>, or the exception it ended with.</returns>
    public Task<object> Expect(SendContext context)
    {
        var id = NewId.NextGuid();
        context.Headers.Set(Header, id.ToString("D"));
        var ended = new TaskCompletionSource<object>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = ended;
        return ended.Task;
    }

    /// <inheritdoc />
    public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType)
        where T : class
    {
        if (context.ReceiveContext.TryGetPayload<Settlement>(out var settlement))
            End(context, settlement);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception)
        where T : class
    {
        End(context, exception);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

    /// <inheritdoc />
    public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

    /// <inheritdoc />
    public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

    private void End(ConsumeContext context, object ended)
    {
        if (Guid.TryParse(context.Headers.Get<string>(Header), out var id) && _waiting.TryRemove(id, out var waiting))
            waiting.TrySetResult(ended);
    }
}
