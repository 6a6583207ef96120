using MassTransit;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>The publisher over MassTransit.</summary>
public sealed class EventPublisher(RelayConnection connection, RelayOptions options, TimeProvider time)
    : IEventPublisher
{
    private long _answeredAt = long.MinValue;

    /// <inheritdoc />
    public async Task<PublishOutcome> PublishAsync(
        Contract.CourseStatusChanged message,
        CancellationToken cancellationToken
    )
    {
        using var bounded = new CancellationTokenSource(options.PublishTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(bounded.Token, cancellationToken);
        connection.Faults.Watch(message.EventId);
        try
        {
            var pipe = Pipe.Execute<PublishContext>(context => Address(context, message));
            // MassTransit watches the token only while it waits for the confirm; the bound must hold everywhere.
            var bus = await connection.GetAsync().WaitAsync(linked.Token);
            await bus.Publish(message, message.GetType(), pipe, linked.Token).WaitAsync(linked.Token);
            NoteAnswer();
            return PublishOutcome.Confirmed;
        }
        catch (MessageReturnedException)
        {
            NoteAnswer();
            return PublishOutcome.Unroutable;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            var trouble = BrokerFailures.Describe(
                $"Publishing event {message.EventId}",
                connection.Faults.Take(message.EventId) is { } reason and not OperationCanceledException
                    ? reason
                    : error
            );
            if (trouble.Kind == BrokerFailureKind.Refused)
                NoteAnswer();
            throw trouble;
        }
        finally
        {
            connection.Faults.Take(message.EventId);
        }
    }

    /// <inheritdoc />
    public bool Recycle(long since) => Volatile.Read(ref _answeredAt) < since && connection.Recycle();

    /// <summary>Whoever it is for, it shows that the connection is not stuck.</summary>
    private void NoteAnswer() => Volatile.Write(ref _answeredAt, time.GetTimestamp());

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
