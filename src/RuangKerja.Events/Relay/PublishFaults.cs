using System.Collections.Concurrent;
using MassTransit;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Remembers why the broker turned a message down while it is under way. MassTransit tries again by itself until it is
/// stopped, and then tells only that it was stopped; the reason is seen here.
/// </summary>
internal sealed class PublishFaults : IPublishObserver
{
    // By the message's id; only of those that are under way.
    private readonly ConcurrentDictionary<Guid, Exception?> _latest = new();

    /// <summary>A message is under way from now on; what is known of an earlier try is over.</summary>
    public void Watch(Guid messageId) => _latest[messageId] = null;

    /// <summary>The latest fault of a message that is no longer under way; null when there was none.</summary>
    public Exception? Take(Guid messageId) => _latest.TryRemove(messageId, out var fault) ? fault : null;

    public Task PrePublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PostPublish<T>(PublishContext<T> context)
        where T : class => Task.CompletedTask;

    public Task PublishFault<T>(PublishContext<T> context, Exception exception)
        where T : class
    {
        // A try that was given up before may end now.
        if (context.MessageId is { } id && _latest.TryGetValue(id, out var before))
            _latest.TryUpdate(id, exception, before);
        return Task.CompletedTask;
    }
}
