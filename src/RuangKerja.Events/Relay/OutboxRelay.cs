using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;

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
public sealed class OutboxRelay
{
    // More than this is not some full queue, but a broker that takes nothing.
    private const int MostRefused = 2_000;

    // The database is told each of them with each look.
    private const int MostWaiting = 5_000;

    // A stop waits so long for it.
    private static readonly TimeSpan SettleGrace = TimeSpan.FromSeconds(5);

    private readonly IOutbox _outbox;
    private readonly IEventPublisher _publisher;
    private readonly RelayOptions _options;
    private readonly TimeProvider _time;
    private readonly RefusedAssignments _refused;
    private readonly ObstructedKinds _kinds;
    private readonly PassSender _sender;
    private RelayResults? _unsettled;

    /// <summary>Reads and sends nothing yet.</summary>
    public OutboxRelay(
        Company company,
        IOutbox outbox,
        IEventPublisher publisher,
        BrokerState broker,
        Lease lease,
        RelayOptions options,
        TimeProvider time
    )
    {
        (Company, Lease) = (company, lease);
        (_outbox, _publisher, _options, _time) = (outbox, publisher, options, time);
        _refused = new RefusedAssignments(time);
        _kinds = new ObstructedKinds(time);
        _sender = new PassSender(company, publisher, broker, lease, _kinds, options, time);
    }

    /// <summary>Whose outbox it is.</summary>
    public Company Company { get; }

    /// <summary>Without it nothing is read or sent.</summary>
    public Lease Lease { get; }

    /// <summary>Another instance has the lease: what was refused or obstructed here may have been sent there.</summary>
    public void Forget()
    {
        _refused.Clear();
        _kinds.Clear();
        _sender.Forget();
    }

    /// <summary>The connection is stuck: takes a new one.</summary>
    /// <inheritdoc cref="IEventPublisher.Recycle" />
    public bool Recycle(long since) => _publisher.Recycle(since);

    /// <summary>Runs one pass. A stop ends it after the messages that are under way.</summary>
    /// <param name="getsOn">Called now and then while a long pass gets on.</param>
    /// <exception cref="StorageException">The outbox could not be read or settled.</exception>
    public async Task<RelayPass> RunAsync(CancellationToken stopping, Action? getsOn = null)
    {
        await SettleAsync(stopping);

        AssignmentId[] waiting = [.. _refused.Waiting(), .. _kinds.Waiting()];
        if (waiting.Length > MostWaiting)
            throw _kinds.Obstacle ?? BrokerFailures.RefusesEverything(waiting.Length);

        var pending = await _outbox.ReadPendingAsync(Company, _options.BatchSize, waiting, stopping);
        var results = new RelayResults();
        _unsettled = results;
        await _sender.SendAsync(pending, results, getsOn, stopping);
        Remember(results);
        await SettleAsync(stopping);
        return results.Summarise(pending.Count, _refused.Count, _kinds.Obstacle);
    }

    private void Remember(RelayResults results)
    {
        foreach (var taken in results.Confirmed.Concat(results.Unroutable))
            _refused.Remove(taken.AssignmentId);
        foreach (var refused in results.Refused)
            _refused.Add(refused);
        // Else it is the broker that was silent, and no fault of theirs.
        foreach (var silent in results.Failure is null ? results.Silent : [])
            _refused.Add(silent);
        if (_refused.Count > MostRefused)
            results.Failure = BrokerFailures.RefusesEverything(_refused.Count);
    }

    /// <summary>Settles what has become known and is not yet written; a stop gives it a little time.</summary>
    /// <exception cref="StorageException">It could not.</exception>
    internal async Task SettleAsync(CancellationToken stopping)
    {
        if (_unsettled is not { } results)
            return;

        using var grace = new GracePeriod(SettleGrace, _time, stopping);
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
        if (results.Confirmed.Count > 0)
            await _outbox.RemoveConfirmedAsync(Sequences(results.Confirmed), cancellationToken);
        if (results.Unroutable.Count > 0)
        {
            await _outbox.SetAsideAsync(
                Sequences(results.Unroutable),
                SetAside.Unroutable,
                "No queue is bound that takes this kind of event.",
                cancellationToken
            );
        }

        foreach (var (unpublishable, reason) in results.Unpublishable)
            await _outbox.SetAsideAsync([unpublishable.Sequence], SetAside.Unpublishable, reason, cancellationToken);
    }

    private static long[] Sequences(IEnumerable<PendingEvent> events) => [.. events.Select(e => e.Sequence)];
}
