using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Storage.Replays;

/// <summary>By which door a replay was asked for.</summary>
public enum ReplayDoor
{
    /// <summary>The command line.</summary>
    CommandLine,

    /// <summary>HTTP.</summary>
    Http,

    /// <summary>A message.</summary>
    Bus,
}

/// <summary>A replay as it is asked for.</summary>
public sealed record ReplayRequest
{
    /// <summary>Which events.</summary>
    public required EventFilter Filter { get; init; }

    /// <summary>The queue they go to, and no other.</summary>
    public required string Destination { get; init; }

    /// <summary>At most so many messages a second; null for as many as the setting <c>Replay:MaxRate</c> allows.</summary>
    public int? Rate { get; init; }

    /// <summary>Who asks, in the words of the door: for the audit.</summary>
    public required string RequestedBy { get; init; }

    /// <summary>Which door.</summary>
    public required ReplayDoor Door { get; init; }

    /// <summary>
    /// The id that the requester gave; the same request twice is one replay. Null when it gave none: every request is one.
    /// </summary>
    public Guid? RequestId { get; init; }

    /// <summary>Where the requester wants to hear of the end, as the bus's address; null when it does not.</summary>
    public Uri? ReplyTo { get; init; }
}
