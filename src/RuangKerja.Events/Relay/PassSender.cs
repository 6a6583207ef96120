using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>Publishes the rows of one pass and gathers what becomes of them; writes nothing down.</summary>
internal sealed class PassSender(
    Company company,
    IEventPublisher publisher,
    BrokerState broker,
    Lease lease,
    ObstructedKinds kinds,
    RelayOptions options,
    TimeProvider time
)
{
    // Messages without a confirm at one time: enough to keep a connection busy, and what goes out twice when it is lost.
    private const int MostInFlight = 128;

    // A stop waits so long for confirms that are under way.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    // Each publish is bounded by itself: when nothing ends for twice as long, the bounds do not hold. What was under way when
    // the connection was lost may never be told so by the broker's client, nor try a new one soon: it need not be waited for.
    private readonly ProgressWatch _watch = new(
        2 * options.PublishTimeout,
        TimeSpan.FromTicks(Math.Min(options.LookInterval.Ticks, 2 * options.PublishTimeout.Ticks)),
        broker.HasReturnedSince,
        time
    );
    private long? _silentSince;

    /// <summary>Forgets that nothing was answered for a while.</summary>
    public void Forget() => _silentSince = null;

    /// <summary>Those of one assignment go in order, different assignments at once. A stop ends it after what is under way.</summary>
    /// <param name="getsOn">Called now and then while a long pass gets on.</param>
    public async Task SendAsync(
        IReadOnlyList<PendingEvent> pending,
        RelayResults results,
        Action? getsOn,
        CancellationToken stopping
    )
    {
        var since = _silentSince ?? time.GetTimestamp();
        // From a broker that takes nothing no confirm comes.
        using var grace = new GracePeriod(() => broker.WhyNot is null ? Grace : TimeSpan.Zero, time, stopping);
        using var patience = new GracePeriod(Grace + Grace, time, stopping);
        using var pass = CancellationTokenSource.CreateLinkedTokenSource(grace.Token);
        var publishing = Task.Run(
            () => SendAllAsync(pending, results, since, pass.Token, stopping),
            CancellationToken.None
        );
        var end = await _watch.WaitAsync(publishing, () => results.Count, getsOn, patience.Token);
        if (end != WatchedEnd.Done)
        {
            // A stop has less patience than a publish: that nothing ended until then says nothing.
            if (!stopping.IsCancellationRequested)
                results.Failure =
                    end == WatchedEnd.Hopeless
                        ? BrokerFailures.LeftBehind()
                        : BrokerFailures.NoProgress(_watch.Longest);
            // What is still under way sees it and sends nothing more.
            await pass.CancelAsync();
        }

        _silentSince = results.MeetsSilence && results.Answers == 0 ? since : null;
    }

    private Task SendAllAsync(
        IReadOnlyList<PendingEvent> pending,
        RelayResults results,
        long since,
        CancellationToken giveUp,
        CancellationToken stopping
    ) =>
        Parallel.ForEachAsync(
            pending.GroupBy(p => p.AssignmentId),
            new ParallelOptions { MaxDegreeOfParallelism = MostInFlight },
            async (events, _) =>
            {
                foreach (var next in events.OrderBy(e => e.Version))
                {
                    if (MustEnd(results, giveUp, stopping) || !await SendOneAsync(next, results, since, giveUp))
                        return;
                }
            }
        );

    /// <summary>
    /// A broker that is away stops new sends everywhere: it costs one timeout, not one per message. Without the lease another
    /// instance may be sending what comes next.
    /// </summary>
    private bool MustEnd(RelayResults results, CancellationToken giveUp, CancellationToken stopping) =>
        results.Failure is not null
        || results.MeetsObstacle
        || results.MeetsSilence
        || broker.WhyNot is not null
        || giveUp.IsCancellationRequested
        || stopping.IsCancellationRequested
        || !lease.IsHeld;

    /// <summary>True when the next event of the same assignment may follow.</summary>
    private async Task<bool> SendOneAsync(PendingEvent next, RelayResults results, long since, CancellationToken giveUp)
    {
        if (MessageOf(next, results) is not { } message)
            return true;
        if (kinds.Holds(message, next.AssignmentId))
            return false;

        var answers = results.Answers;
        try
        {
            results.Answered(next, await publisher.PublishAsync(message, giveUp));
            kinds.Free(message);
            return true;
        }
        catch (BrokerException error)
        {
            Take(error, next, results, othersAnswered: results.Answers > answers, since);
        }
        catch (Exception) when (giveUp.IsCancellationRequested)
        {
            // The stop's grace is over, or the pass was given up: whether the broker has it is not known, so it stays.
        }

        return false;
    }

    private void Take(BrokerException error, PendingEvent next, RelayResults results, bool othersAnswered, long since)
    {
        switch (error.Kind)
        {
            case BrokerFailureKind.Refused:
                results.Refuse(next);
                break;
            case BrokerFailureKind.Configuration when kinds.Obstruct(error):
                results.MeetsObstacle = true;
                break;
            // A queue that it goes to does not store it: the broker is well, and other messages get through.
            case BrokerFailureKind.Silent when othersAnswered || (broker.WhyNot is null && broker.HasTakenSince(since)):
                results.LeaveUnanswered(next);
                results.MeetsSilence |= !othersAnswered;
                break;
            case BrokerFailureKind.Silent:
                results.MeetsSilence = true;
                results.Failure = error;
                break;
            default:
                results.Failure = error;
                break;
        }
    }

    private Contract.CourseStatusChanged? MessageOf(PendingEvent next, RelayResults results)
    {
        try
        {
            if (next.Event is { } change)
                return Messages.From(company, next, change);

            results.Unpublishable.Add((next, next.Unreadable ?? "The event is empty."));
        }
        // Whatever it is, it is a fault of this one event: it must not keep the others.
        catch (Exception error)
        {
            results.Unpublishable.Add((next, error.Message));
        }

        return null;
    }
}
