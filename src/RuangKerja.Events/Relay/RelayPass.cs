using System.Collections.Concurrent;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>What one pass over the outbox came to.</summary>
/// <param name="Taken">How many rows were read.</param>
/// <param name="Refused">How many assignments wait because the broker refused their next message.</param>
/// <param name="Failure">Why the rest stays; null when the broker answered everything.</param>
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
}

/// <summary>What became of the rows of one pass, gathered by many publishes at once.</summary>
internal sealed class RelayResults
{
    private volatile BrokerException? _failure;
    private volatile bool _meetsObstacle;

    public ConcurrentBag<PendingEvent> Confirmed { get; } = [];
    public ConcurrentBag<PendingEvent> Unroutable { get; } = [];
    public ConcurrentBag<(PendingEvent Event, string Reason)> Unpublishable { get; } = [];
    public ConcurrentBag<AssignmentId> Refused { get; } = [];

    /// <summary>The exchange of one kind of event was found unusable: what is under way fails with it, so the pass ends.</summary>
    public bool MeetsObstacle
    {
        get => _meetsObstacle;
        set => _meetsObstacle = value;
    }

    /// <summary>The first failure that says something of the broker, not of one message.</summary>
    public BrokerException? Failure
    {
        get => _failure;
        set => _failure ??= value;
    }

    /// <summary>How many rows something has become of.</summary>
    public int Count => Confirmed.Count + Unroutable.Count + Unpublishable.Count + Refused.Count;

    public RelayPass Summarise(int taken, int refused, BrokerException? obstacle) =>
        new(taken, Confirmed.Count, Unroutable.Count, Unpublishable.Count, refused, Failure)
        {
            Obstacle = obstacle,
            EndedEarly = MeetsObstacle,
        };
}
