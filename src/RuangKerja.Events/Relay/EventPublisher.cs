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

    /// <summary>
    /// Gives up the connection, which is stuck, and takes a new one. What is under way over the old one fails or is late.
    /// </summary>
    /// <returns>False when that was done a moment ago, for somebody else.</returns>
    bool Recycle();
}

/// <summary>The publisher over MassTransit.</summary>
public sealed class EventPublisher(RelayConnection connection, RelayOptions options, TimeProvider time)
    : IEventPublisher
{
    /// <inheritdoc />
    public async Task<PublishOutcome> PublishAsync(
        Contract.CourseStatusChanged message,
        CancellationToken cancellationToken
    )
    {
        using var bounded = new CancellationTokenSource(options.PublishTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        try
        {
            var pipe = Pipe.Execute<PublishContext>(context => Address(context, message));
            // MassTransit watches the token only while it waits for the confirm; the bound must hold everywhere.
            var bus = await connection.GetAsync().WaitAsync(linked.Token);
            await bus.Publish(message, message.GetType(), pipe, linked.Token).WaitAsync(linked.Token);
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
                connection.Faults.Take(message.EventId) is { } reason and not OperationCanceledException
                    ? reason
                    : error
            );
        }
        finally
        {
            connection.Faults.Take(message.EventId);
        }
    }

    /// <inheritdoc />
    public bool Recycle() => connection.Recycle();

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
