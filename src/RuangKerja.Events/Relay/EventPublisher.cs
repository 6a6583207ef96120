using MassTransit;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>What the broker did with a message.</summary>
public enum PublishOutcome
{
    /// <summary>It has it, on at least one queue.</summary>
    Confirmed,

    /// <summary>No queue takes it.</summary>
    Unroutable,
}

/// <summary>Publishes one message and waits for the broker's confirm.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes with <c>mandatory</c>, message id = event id, routing key <c>{company}.{kind}</c>.</summary>
    /// <exception cref="BrokerException">No confirm came: the broker may have the message or not.</exception>
    Task<PublishOutcome> PublishAsync(Contract.CourseStatusChanged message, CancellationToken cancellationToken);
}

/// <summary>The publisher over MassTransit.</summary>
public sealed class EventPublisher : IEventPublisher, IDisposable
{
    private readonly IBus _bus;
    private readonly RelayOptions _options;
    private readonly TimeProvider _time;
    private readonly PublishFaults _faults = new();
    private readonly ConnectHandle _observing;

    /// <summary>Publishes over a bus that others start and stop.</summary>
    public EventPublisher(IBus bus, RelayOptions options, TimeProvider time)
    {
        _bus = bus;
        _options = options;
        _time = time;
        _observing = bus.ConnectPublishObserver(_faults);
    }

    /// <inheritdoc />
    public async Task<PublishOutcome> PublishAsync(
        Contract.CourseStatusChanged message,
        CancellationToken cancellationToken
    )
    {
        using var bounded = new CancellationTokenSource(_options.PublishTimeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            var pipe = Pipe.Execute<PublishContext>(context => Address(context, message));
            // MassTransit watches the token only while it waits for the confirm; the bound must hold everywhere.
            await _bus.Publish(message, message.GetType(), pipe, linked.Token).WaitAsync(linked.Token);
            return PublishOutcome.Confirmed;
        }
        catch (MessageReturnedException)
        {
            return PublishOutcome.Unroutable;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            throw BrokerFailures.Describe(
                $"Publishing event {message.EventId}",
                _faults.Take(message.EventId) is { } reason and not OperationCanceledException ? reason : error
            );
        }
        finally
        {
            _faults.Take(message.EventId);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _observing.Disconnect();

    private static void Address(PublishContext context, Contract.CourseStatusChanged message)
    {
        context.MessageId = message.EventId;
        context.Mandatory = true;
        context.SetRoutingKey($"{message.Company}.{message.Kind}");
        context.Serializer = RelayMessageSerializer.Instance;
        // MassTransit's own source address names the machine and the process.
        context.SourceAddress = null;
        CloudEventHeaders.Set(context.Headers, message);
    }
}
