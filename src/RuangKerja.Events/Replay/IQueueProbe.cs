using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Replay;

/// <summary>What the broker says of a queue.</summary>
public enum QueueAnswer
{
    /// <summary>It is there.</summary>
    Exists,

    /// <summary>There is none of this name.</summary>
    Missing,

    /// <summary>We may not look at it.</summary>
    Forbidden,
}

/// <summary>Asks the broker for queues.</summary>
public interface IQueueProbe
{
    /// <summary>Looks whether there is a queue of this name; makes none.</summary>
    /// <exception cref="BrokerException">The broker could not be asked.</exception>
    Task<QueueAnswer> AskAsync(string queue, CancellationToken cancellationToken);
}
