using System.Text.RegularExpressions;
using RuangKerja.Events.Courses;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Kinds of event whose own exchange the broker does not let us use: declared otherwise by somebody, or forbidden. Each try
/// ends the channel for all that is under way, so such a kind is held back and tried now and then, and the others go on.
/// </summary>
internal sealed partial class ObstructedKinds(TimeProvider time)
{
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1));

    private readonly Lock _gate = new();
    private readonly Random _jitter = new();

    // Guarded by _gate.
    private readonly Dictionary<string, Obstruction> _kinds = new(StringComparer.Ordinal);

    /// <summary>What is to be put right; null when nothing is.</summary>
    public BrokerException? Obstacle
    {
        get
        {
            lock (_gate)
                return _kinds.Values.FirstOrDefault()?.Obstacle;
        }
    }

    /// <summary>Assignments whose next event is of a kind that is held back.</summary>
    public IReadOnlyCollection<AssignmentId> Waiting()
    {
        lock (_gate)
            return [.. _kinds.Values.Where(kind => !IsDue(kind)).SelectMany(kind => kind.Assignments)];
    }

    /// <summary>
    /// Takes in what the broker said, to whichever message: it names the exchange. False when that is not one kind's own.
    /// </summary>
    public bool Obstruct(BrokerException obstacle)
    {
        // The base type's is everybody's.
        var kind = ExchangeOfAKind().Match(obstacle.Message).Groups["kind"].Value;
        if (kind is "" or nameof(Contract.CourseStatusChanged))
            return false;

        lock (_gate)
        {
            var before = _kinds.GetValueOrDefault(kind);
            // The other messages on the same channel say the same.
            if (before is not null && !IsDue(before))
                return true;

            var times = (before?.Times ?? 0) + 1;
            var until = time.GetUtcNow() + Retry.Delay(times, _jitter.NextDouble());
            _kinds[kind] = new Obstruction(obstacle, times, until, before?.Assignments ?? []);
            return true;
        }
    }

    /// <summary>Whether the message is to wait; its assignment then waits with it.</summary>
    public bool Holds(Contract.CourseStatusChanged message, AssignmentId assignment)
    {
        lock (_gate)
        {
            if (!_kinds.TryGetValue(message.GetType().Name, out var kind) || IsDue(kind))
                return false;
            kind.Assignments.Add(assignment);
            return true;
        }
    }

    /// <summary>A message of the kind was taken.</summary>
    public void Free(Contract.CourseStatusChanged message)
    {
        lock (_gate)
            _kinds.Remove(message.GetType().Name);
    }

    /// <summary>Another instance sends now: what is held back here is not known any more.</summary>
    public void Clear()
    {
        lock (_gate)
            _kinds.Clear();
    }

    private bool IsDue(Obstruction kind) => kind.Until <= time.GetUtcNow();

    // As RabbitMQ says it, and MassTransit calls the exchanges.
    [GeneratedRegex(
        @"exchange 'RuangKerja\.Events\.Contracts:(?<kind>\w+)'",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex ExchangeOfAKind();

    private sealed record Obstruction(
        BrokerException Obstacle,
        int Times,
        DateTimeOffset Until,
        HashSet<AssignmentId> Assignments
    );
}
