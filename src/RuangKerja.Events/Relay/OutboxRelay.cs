using System.Collections.Concurrent;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>What one pass over the outbox came to.</summary>
/// <param name="Taken">How many rows were read.</param>
/// <param name="Failure">Why the rest stays; null when nothing stays.</param>
public sealed record RelayPass(int Taken, int Confirmed, int Unroutable, int Unpublishable, BrokerException? Failure);

/// <summary>
/// One pass over the outbox of a company:
/// ① read the oldest pending rows ② publish them, those of one assignment in order, different assignments at once
/// ③ settle: remove what was confirmed, set aside what no queue takes or no message can be made of.
/// </summary>
/// <remarks>
/// A row that fails stays, and the later rows of its assignment stay behind it. A confirm that is lost, or a kill between
/// ② and ③, sends a message twice, with the same id.
/// </remarks>
public sealed class OutboxRelay(IOutbox outbox, IEventPublisher publisher, RelayOptions options, TimeProvider time)
{
    // Messages without a confirm at one time; RabbitMQ's client allows 128 on a channel.
    private const int MostInFlight = 128;

    // Confirms that came in before a stop are settled all the same: forgetting them would send them again.
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(5);

    /// <summary>Runs one pass. Stopping ends it after the messages that are under way.</summary>
    /// <exception cref="StorageException">The outbox could not be read or settled.</exception>
    public async Task<RelayPass> RunAsync(Company company, CancellationToken stopping)
    {
        var pending = await outbox.ReadPendingAsync(company, options.BatchSize, stopping);
        if (pending.Count == 0)
            return new RelayPass(0, 0, 0, 0, Failure: null);

        var pass = new Results();
        await PublishAsync(company, pending, pass, stopping);
        await SettleAsync(pass);
        return pass.Summarise(pending.Count);
    }

    private async Task PublishAsync(
        Company company,
        IReadOnlyList<PendingEvent> pending,
        Results pass,
        CancellationToken stopping
    )
    {
        var assignments = pending.GroupBy(p => p.AssignmentId);
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = MostInFlight };
        await Parallel.ForEachAsync(
            assignments,
            parallel,
            async (events, _) =>
            {
                foreach (var next in events.OrderBy(e => e.Version))
                {
                    // One failure stops new sends everywhere: a dead broker costs one timeout, not one per message.
                    if (pass.Failure is not null || stopping.IsCancellationRequested)
                        return;
                    if (!await PublishOneAsync(company, next, pass))
                        return;
                }
            }
        );
    }

    /// <summary>True when the next event of the same assignment may follow.</summary>
    private async Task<bool> PublishOneAsync(Company company, PendingEvent next, Results pass)
    {
        if (next.Event is not { } change)
        {
            pass.Unpublishable.Add((next.Sequence, next.Unreadable ?? "The event is empty."));
            return true;
        }

        try
        {
            // The publisher bounds itself; a stop waits for what is under way rather than doubting it.
            var outcome = await publisher.PublishAsync(Messages.From(company, next, change), CancellationToken.None);
            (outcome == PublishOutcome.Confirmed ? pass.Confirmed : pass.Unroutable).Add(next.Sequence);
            return true;
        }
        catch (BrokerException error)
        {
            pass.Failure = error;
            return false;
        }
    }

    /// <summary>Takes no token: what is confirmed is settled, stop or no stop.</summary>
    private async Task SettleAsync(Results pass)
    {
        using var deadline = new CancellationTokenSource(SettleDeadline, time);
        try
        {
            await WriteAsync(pass, deadline.Token);
        }
        catch (OperationCanceledException late)
        {
            throw PostgresFailures.Describe("Settling the outbox", new TimeoutException("it took too long", late));
        }
    }

    private async Task WriteAsync(Results pass, CancellationToken deadline)
    {
        if (!pass.Confirmed.IsEmpty)
            await outbox.RemoveConfirmedAsync(pass.Confirmed, deadline);
        if (!pass.Unroutable.IsEmpty)
        {
            await outbox.SetAsideAsync(
                pass.Unroutable,
                SetAside.Unroutable,
                "No queue is bound that takes this kind of event.",
                deadline
            );
        }

        foreach (var (sequence, reason) in pass.Unpublishable)
            await outbox.SetAsideAsync([sequence], SetAside.Unpublishable, reason, deadline);
    }

    private sealed class Results
    {
        private volatile BrokerException? _failure;

        public ConcurrentBag<long> Confirmed { get; } = [];
        public ConcurrentBag<long> Unroutable { get; } = [];
        public ConcurrentBag<(long Sequence, string Reason)> Unpublishable { get; } = [];

        public BrokerException? Failure
        {
            get => _failure;
            set => _failure ??= value;
        }

        public RelayPass Summarise(int taken) =>
            new(taken, Confirmed.Count, Unroutable.Count, Unpublishable.Count, Failure);
    }
}
