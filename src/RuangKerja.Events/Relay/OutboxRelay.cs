using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Moves the outbox of one company to the broker, pass by pass:
/// ① settle what an earlier pass could not ② read the oldest pending rows ③ publish them, those of one assignment in order,
/// different assignments at once ④ settle: remove what was confirmed, set aside what no queue takes or no message can be
/// made of.
/// </summary>
/// <remarks>
/// A row that fails stays, and the later rows of its assignment stay behind it. Nothing is published while confirms of an
/// earlier pass are not settled: they would go out again with every pass. A kill between ③ and ④ sends a message twice,
/// with the same id. One pass at a time.
/// </remarks>
public sealed class OutboxRelay(
    Company company,
    IOutbox outbox,
    IEventPublisher publisher,
    BrokerState broker,
    Lease lease,
    RelayOptions options,
    TimeProvider time
)
{
    // Messages without a confirm at one time; RabbitMQ's client allows 128 on a channel.
    private const int MostInFlight = 128;

    // More than this is not some full queue, but a broker that takes nothing.
    private const int MostRefused = 2_000;

    // The database is told each of them with each look.
    private const int MostWaiting = 5_000;

    // A stop waits so long for confirms that are under way, and then so long for settling them.
    private static readonly TimeSpan PublishGrace = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan SettleGrace = TimeSpan.FromSeconds(5);

    // Each publish is bounded by itself: when nothing ends for twice as long, the bounds do not hold.
    private readonly ProgressWatch _watch = new(2 * options.PublishTimeout, time);
    private readonly RefusedAssignments _refused = new(time);
    private readonly ObstructedKinds _kinds = new(time);
    private RelayResults? _unsettled;

    /// <summary>Whose outbox it is.</summary>
    public Company Company { get; } = company;

    /// <summary>Without it nothing is read or sent.</summary>
    public Lease Lease { get; } = lease;

    /// <summary>Another instance has the lease: what was refused here may have been sent there.</summary>
    public void Forget() => _refused.Clear();

    /// <summary>The connection is stuck: takes a new one. False when that was done a moment ago.</summary>
    public bool Recycle() => publisher.Recycle();

    /// <summary>Runs one pass. A stop ends it after the messages that are under way.</summary>
    /// <param name="getsOn">Called now and then while a long pass gets on.</param>
    /// <exception cref="StorageException">The outbox could not be read or settled.</exception>
    public async Task<RelayPass> RunAsync(CancellationToken stopping, Action? getsOn = null)
    {
        await SettleAsync(stopping);

        AssignmentId[] waiting = [.. _refused.Waiting(), .. _kinds.Waiting()];
        if (waiting.Length > MostWaiting)
            throw _kinds.Obstacle ?? BrokerFailures.RefusesEverything(waiting.Length);

        var pending = await outbox.ReadPendingAsync(Company, options.BatchSize, waiting, stopping);
        var results = new RelayResults();
        _unsettled = results;
        await PublishAsync(pending, results, getsOn, stopping);
        Remember(results);
        await SettleAsync(stopping);
        return results.Summarise(pending.Count, _refused.Count, _kinds.Obstacle);
    }

    private async Task PublishAsync(
        IReadOnlyList<PendingEvent> pending,
        RelayResults results,
        Action? getsOn,
        CancellationToken stopping
    )
    {
        using var grace = new GracePeriod(PublishGrace, time, stopping);
        using var patience = new GracePeriod(PublishGrace + PublishGrace, time, stopping);
        using var pass = CancellationTokenSource.CreateLinkedTokenSource(grace.Token);
        var publishing = Task.Run(
            () => PublishAllAsync(pending, results, pass.Token, stopping),
            CancellationToken.None
        );
        if (!await _watch.WaitAsync(publishing, () => results.Count, getsOn, patience.Token))
        {
            // What is still under way sees it and sends nothing more.
            results.Failure = BrokerFailures.NoProgress(_watch.Longest);
            await pass.CancelAsync();
        }
    }

    private Task PublishAllAsync(
        IReadOnlyList<PendingEvent> pending,
        RelayResults results,
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
                    if (MustEnd(results, stopping) || !await PublishOneAsync(next, results, giveUp))
                        return;
                }
            }
        );

    /// <summary>
    /// A broker that is away stops new sends everywhere: it costs one timeout, not one per message. Without the lease another
    /// instance may be sending what comes next.
    /// </summary>
    private bool MustEnd(RelayResults results, CancellationToken stopping) =>
        results.Failure is not null
        || results.MeetsObstacle
        || broker.WhyNot is not null
        || stopping.IsCancellationRequested
        || !Lease.IsHeld;

    /// <summary>True when the next event of the same assignment may follow.</summary>
    private async Task<bool> PublishOneAsync(PendingEvent next, RelayResults results, CancellationToken giveUp)
    {
        if (MessageOf(next, results) is not { } message)
            return true;
        if (_kinds.Holds(message, next.AssignmentId))
            return false;

        try
        {
            var outcome = await publisher.PublishAsync(message, giveUp);
            (outcome == PublishOutcome.Confirmed ? results.Confirmed : results.Unroutable).Add(next);
            _kinds.Free(message);
            return true;
        }
        catch (BrokerException error) when (error.Kind == BrokerFailureKind.Refused)
        {
            results.Refused.Add(next.AssignmentId);
        }
        catch (BrokerException error) when (error.Kind == BrokerFailureKind.Configuration)
        {
            if (_kinds.Obstruct(error))
                results.MeetsObstacle = true;
            else
                results.Failure = error;
        }
        catch (BrokerException error)
        {
            results.Failure = error;
        }
        catch (OperationCanceledException)
        {
            // The stop's grace is over, or the pass was given up: whether the broker has it is not known, so it stays.
        }

        return false;
    }

    private Contract.CourseStatusChanged? MessageOf(PendingEvent next, RelayResults results)
    {
        try
        {
            if (next.Event is { } change)
                return Messages.From(Company, next, change);

            results.Unpublishable.Add((next, next.Unreadable ?? "The event is empty."));
        }
        // Whatever it is, it is a fault of this one event: it must not keep the others.
        catch (Exception error)
        {
            results.Unpublishable.Add((next, error.Message));
        }

        return null;
    }

    private void Remember(RelayResults results)
    {
        foreach (var taken in results.Confirmed.Concat(results.Unroutable))
            _refused.Remove(taken.AssignmentId);
        foreach (var refused in results.Refused)
            _refused.Add(refused);
        if (_refused.Count > MostRefused)
            results.Failure = BrokerFailures.RefusesEverything(_refused.Count);
    }

    /// <summary>Settles what has become known and is not yet written; a stop gives it a little time.</summary>
    private async Task SettleAsync(CancellationToken stopping)
    {
        if (_unsettled is not { } results)
            return;

        using var grace = new GracePeriod(SettleGrace, time, stopping);
        try
        {
            await WriteAsync(results, grace.Token);
            _unsettled = null;
        }
        catch (OperationCanceledException late)
        {
            throw PostgresFailures.Describe("Settling the outbox", new TimeoutException("it took too long", late));
        }
    }

    private async Task WriteAsync(RelayResults results, CancellationToken cancellationToken)
    {
        if (!results.Confirmed.IsEmpty)
            await outbox.RemoveConfirmedAsync(Sequences(results.Confirmed), cancellationToken);
        if (!results.Unroutable.IsEmpty)
        {
            await outbox.SetAsideAsync(
                Sequences(results.Unroutable),
                SetAside.Unroutable,
                "No queue is bound that takes this kind of event.",
                cancellationToken
            );
        }

        foreach (var (unpublishable, reason) in results.Unpublishable)
            await outbox.SetAsideAsync([unpublishable.Sequence], SetAside.Unpublishable, reason, cancellationToken);
    }

    private static long[] Sequences(IEnumerable<PendingEvent> events) => [.. events.Select(e => e.Sequence)];
}
