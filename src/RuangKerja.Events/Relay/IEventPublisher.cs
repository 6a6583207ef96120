using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>Publishes one message and waits for the broker's confirm.</summary>
public interface IEventPublisher
{
    /// <summary>Publishes with <c>mandatory</c>, message id = event id, routing key <c>{company}.{kind}</c>.</summary>
    /// <exception cref="BrokerException">No confirm came: the broker may have the message or not.</exception>
    Task<PublishOutcome> PublishAsync(Contract.CourseStatusChanged message, CancellationToken cancellationToken);

    /// <summary>
    /// Gives up the connection, which is stuck, and takes a new one. What is under way over the old one fails or is late.
    /// </summary>
    /// <param name="since">A timestamp from which on the caller has got no answer.</param>
    /// <returns>False when somebody has got one since, or the connection was given up a moment ago.</returns>
    bool Recycle(long since);
}
