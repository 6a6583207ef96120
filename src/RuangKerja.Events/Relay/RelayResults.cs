using System.Collections.Concurrent;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>What became of the rows of one pass, gathered by many publishes at once.</summary>
internal sealed class RelayResults
{
    private readonly ConcurrentBag<PendingEvent> _confirmed = [];
    private readonly ConcurrentBag<PendingEvent> _unroutable = [];
    private readonly ConcurrentBag<AssignmentId> _refused = [];
    private readonly ConcurrentBag<AssignmentId> _silent = [];
    private volatile BrokerException? _failure;
    private volatile bool _meetsObstacle;
    private volatile bool _meetsSilence;
    private int _answers;

    public IReadOnlyCollection<PendingEvent> Confirmed => _confirmed;
    public IReadOnlyCollection<PendingEvent> Unroutable => _unroutable;
    public ConcurrentBag<(PendingEvent Event, string Reason)> Unpublishable { get; } = [];

    /// <summary>Assignments whose next message the broker refused.</summary>
    public IReadOnlyCollection<AssignmentId> Refused => _refused;

    /// <summary>Assignments whose next message got no answer, from a broker that answers others.</summary>
    public IReadOnlyCollection<AssignmentId> Silent => _silent;

    /// <summary>How many messages the broker has answered: took, returned or refused.</summary>
    public int Answers => Volatile.Read(ref _answers);

    /// <summary>The exchange of one kind of event was found unusable: what is under way fails with it, so the pass ends.</summary>
    public bool MeetsObstacle
    {
        get => _meetsObstacle;
        set => _meetsObstacle = value;
    }

    /// <summary>A message got no answer, and no other one did meanwhile: the pass ends.</summary>
    public bool MeetsSilence
    {
        get => _meetsSilence;
        set => _meetsSilence = value;
    }

    /// <summary>The first failure that says something of the broker, not of one message.</summary>
    public BrokerException? Failure
    {
        get => _failure;
        set => _failure ??= value;
    }

    /// <summary>How many rows something has become of.</summary>
    public int Count => Answers + Unpublishable.Count + Silent.Count;

    public void Answered(PendingEvent row, PublishOutcome outcome)
    {
        (outcome == PublishOutcome.Confirmed ? _confirmed : _unroutable).Add(row);
        Interlocked.Increment(ref _answers);
    }

    public void Refuse(PendingEvent row)
    {
        _refused.Add(row.AssignmentId);
        Interlocked.Increment(ref _answers);
    }

    public void LeaveUnanswered(PendingEvent row) => _silent.Add(row.AssignmentId);

    public RelayPass Summarise(int taken, int refused, BrokerException? obstacle) =>
        new(taken, Confirmed.Count, Unroutable.Count, Unpublishable.Count, refused, Failure)
        {
            Obstacle = obstacle,
            EndedEarly = MeetsObstacle || MeetsSilence,
            IsSilent = MeetsSilence && Answers == 0,
        };
}
