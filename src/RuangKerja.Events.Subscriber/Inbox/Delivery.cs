namespace RuangKerja.Events.Subscriber.Inbox;

/// <summary>What of a received message matters to the inbox and the version guard.</summary>
/// <param name="Subscriber">Whose inbox it is: the name of the queue.</param>
/// <param name="EventId">The same in every copy of the message, replays included.</param>
/// <param name="Company">The company by its configured name.</param>
/// <param name="AssignmentId">The assignment, within its company.</param>
/// <param name="Version">1, 2, 3 … per assignment, over all kinds.</param>
/// <param name="Sequence">The store's, increasing.</param>
/// <param name="ReplayId">The replay it belongs to; null for news.</param>
/// <param name="WasGivenUp">Whether it comes again from the error queue or the dead-letter queue.</param>
public sealed record Delivery(
    string Subscriber,
    Guid EventId,
    string Company,
    string AssignmentId,
    long Version,
    long Sequence,
    Guid? ReplayId,
    bool WasGivenUp = false
);
