using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>What all replays of an instance send by.</summary>
public sealed record ReplayBroker(
    RelayOptions Options,
    BrokerCredentials Credentials,
    BrokerState State,
    LiveLane Live,
    TimeProvider Time
);

/// <summary>
/// Sends what is left of one replay, over one channel: ① wait while the broker takes nothing ② wait for commits under way below
/// its end ③ connect ④ read behind the tally's position ⑤ before each few messages give way to news ⑥ keep to the rate ⑦ send
/// ⑧ wait for all confirms.
/// </summary>
internal sealed class ReplaySender(
    TakenReplay taken,
    IEventHistory history,
    ReplayBroker broker,
    ReplayOptions options,
    ReplayTally tally,
    ReplayReports reports
)
{
    // So many messages between two looks at whether there is news.
    private const int Portion = 16;

    // News has to wait for so many messages at most; and the replay gets on, by a portion each so often, whatever the news do.
    private static readonly TimeSpan LongestWay = TimeSpan.FromMilliseconds(50);

    // Then it says what it waits for.
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(1);

    // A stop waits so long for confirms that are under way.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan UnreadableLogInterval = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time = broker.Time;
    private readonly ReplayJob _job = taken.Job;
    private readonly ReplayRate _rate = new(Math.Min(taken.Job.Rate ?? options.MaxRate, options.MaxRate));
    private readonly SparseCount _unreadable = new(UnreadableLogInterval, broker.Time);
    private readonly ReplayMessages _messages = new(taken.Job.Id, taken.Job.Destination, broker.Options.RabbitMqUri);

    /// <summary>Returns when all is confirmed; with a stop after what is under way is, or the grace is over.</summary>
    /// <param name="ending">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was ended before.</exception>
    public async Task SendAsync(CancellationToken ending)
    {
        await WaitForBrokerAsync(ending);
        await WaitForCommitsAsync(ending);
        await using var channel = await ReplayChannel.OpenAsync(
            broker.Options,
            broker.Credentials,
            _job.Destination,
            tally,
            _time,
            ending
        );
        try
        {
            await SendAllAsync(channel, ending);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // What is confirmed in time need not be sent again; from a broker that takes nothing no confirm comes.
            var isHopeless = channel.IsBlocked || broker.State.WhyNot is not null;
            using var grace = new CancellationTokenSource(isHopeless ? TimeSpan.Zero : Grace, _time);
            await channel.DrainAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        tally.Complete(_job.Through);
    }

    private async Task WaitForBrokerAsync(CancellationToken ending)
    {
        if (broker.State.WhyNot is not { } reason)
            return;

        tally.Wait(reason);
        await broker.State.WaitAsync(ending);
    }

    /// <summary>What is published already may lie above an event whose commit is still under way: that is of the replay, too.</summary>
    private async Task WaitForCommitsAsync(CancellationToken ending)
    {
        while (!await ReplayHorizon.ReachesAsync(history, _job.Through, CommitPatience, _time, ending))
            tally.Wait(
                $"A commit below sequence {_job.Through} is under way in the database for long; what it stores is of this replay."
            );
    }

    private async Task SendAllAsync(ReplayChannel channel, CancellationToken ending)
    {
        var pages = new ReplayPages(history, _job.Filter with { Held = taken.Held }, _job.Through);
        var left = 0;
        await foreach (var page in pages.ReadAsync(tally.Now.Position, ending))
        {
            foreach (var stored in page)
            {
                if (left-- == 0)
                {
                    left = Portion - 1;
                    await broker.Live.GiveWayAsync(LongestWay, ending);
                }

                await SendOneAsync(channel, stored, ending);
            }
        }

        await channel.DrainAsync(ending);
    }

    private async Task SendOneAsync(ReplayChannel channel, StoredEvent stored, CancellationToken ending)
    {
        ending.ThrowIfCancellationRequested();
        if (MessageOf(stored) is not { } message)
        {
            channel.Pass(stored.Sequence);
            return;
        }

        var wait = _rate.Take(_time.GetElapsedTime(0));
        // Timers know no less.
        if (wait >= TimeSpan.FromMilliseconds(1))
            await Task.Delay(wait, _time, ending);
        await channel.SendAsync(message, stored, ending);
    }

    private ReplayMessage? MessageOf(StoredEvent stored)
    {
        try
        {
            if (stored.Change is not null)
                return _messages.From(stored);

            PassOver(stored, stored.Unreadable ?? "The event is empty.");
        }
        // Whatever it is, it is a fault of this one event: it must not keep the others.
        catch (Exception error)
        {
            PassOver(stored, error.Message);
        }

        return null;
    }

    /// <summary>There may be many, and after each reconnection they come again.</summary>
    private void PassOver(StoredEvent stored, string reason)
    {
        if (_unreadable.Add(1, out var sinceLast))
            reports.Unreadable(_job, stored, reason, sinceLast);
    }
}
