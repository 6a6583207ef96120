namespace RuangKerja.Events.Relay;

/// <summary>What one pass over the outbox came to.</summary>
/// <param name="Taken">How many rows were read.</param>
/// <param name="Refused">How many assignments wait because the broker refused their next message, or gave it no answer.</param>
/// <param name="Failure">Why the rest stays; null when nothing keeps it.</param>
public sealed record RelayPass(
    int Taken,
    int Confirmed,
    int Unroutable,
    int Unpublishable,
    int Refused,
    BrokerException? Failure
)
{
    /// <summary>What a person must put right before events of some kind can go; null when nothing.</summary>
    public BrokerException? Obstacle { get; init; }

    /// <summary>Whether rows were left that may go at once.</summary>
    public bool EndedEarly { get; init; }

    /// <summary>Whether messages were sent and not one of them got an answer.</summary>
    public bool IsSilent { get; init; }
}
