using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>
/// Takes requests in: ① check what was asked for ② ask the broker for the queue ③ read the last sequence, and wait a
/// little for commits under way below it ④ count up to it ⑤ keep the replay. A dry run ends with ④.
/// </summary>
public sealed class ReplayDesk(
    IEventHistory history,
    IReplayStore replays,
    IQueueProbe queues,
    ReplayOptions options,
    RelayOptions broker,
    IReadOnlyList<Company> companies,
    TimeProvider time
) : IReplayDesk
{
    // So many messages are made for real to know what the envelope adds.
    private const int SampleSize = 50;

    // Commits take far less, as a rule.
    private static readonly TimeSpan CommitPatience = TimeSpan.FromSeconds(5);

    private readonly ReplayRules _rules = new(options, companies);

    /// <inheritdoc />
    public async Task<ReplayAnswer> AskAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        // The rules, the queue and the broker may have changed since it was asked for first: it is the same replay.
        if (
            request.RequestId is { } requestId
            && await replays.ReadRequestedAsync(requestId, cancellationToken) is { } kept
        )
            return AnswerOf(request, kept, isNew: false);

        var faults = await CheckAsync(request, cancellationToken);
        if (faults.Count > 0)
            return new ReplayAnswer.Rejected(faults);

        var through = await ReadThroughAsync(cancellationToken);
        var events = await history.SummariseAsync(request.Filter, after: 0, through, cancellationToken);
        var added = await replays.AddAsync(request, through, events.Count, cancellationToken);
        return AnswerOf(request, added, isNew: true);
    }

    /// <inheritdoc />
    public async Task<ReplayEstimate> EstimateAsync(ReplayRequest request, CancellationToken cancellationToken)
    {
        var faults = await CheckAsync(request, cancellationToken);
        var through = await ReadThroughAsync(cancellationToken);
        // What cannot be asked for means no event.
        var isMeant = !faults.Any(fault => fault.Member.StartsWith("filter", StringComparison.Ordinal));
        var events = isMeant
            ? await history.SummariseAsync(request.Filter, after: 0, through, cancellationToken)
            : new EventSummary(0, First: null, Last: null, DataBytes: 0);
        var envelope = events.Count > 0 ? await MeasureEnvelopeAsync(request, through, cancellationToken) : 0;
        var rate = Math.Clamp(request.Rate ?? options.MaxRate, 1, options.MaxRate);
        return new ReplayEstimate(
            events,
            through,
            events.DataBytes + (long)(envelope * events.Count),
            TimeSpan.FromSeconds((double)events.Count / rate),
            faults
        );
    }

    /// <summary>
    /// Everything that has been published is at or below it: who binds a queue and then asks misses nothing. It may be above
    /// the horizon when a commit takes long; then the count is too small, and who sends waits for that commit.
    /// </summary>
    private async Task<long> ReadThroughAsync(CancellationToken cancellationToken)
    {
        var last = await history.ReadLastSequenceAsync(cancellationToken);
        await ReplayHorizon.ReachesAsync(history, last, CommitPatience, time, cancellationToken);
        return last;
    }

    private static ReplayAnswer AnswerOf(ReplayRequest request, ReplayJob kept, bool isNew) =>
        kept.Destination == request.Destination
            ? new ReplayAnswer.Accepted(kept, isNew)
            : new ReplayAnswer.Rejected([
                new ReplayFault(
                    "requestId",
                    $"Request {request.RequestId} was made before, for another queue. Give each request an id of its own."
                ),
            ]);

    private async Task<IReadOnlyList<ReplayFault>> CheckAsync(
        ReplayRequest request,
        CancellationToken cancellationToken
    )
    {
        const string destination = nameof(destination);
        var faults = _rules.Check(request);
        if (faults.Any(fault => fault.Member == destination))
            return faults;

        return await queues.AskAsync(request.Destination, cancellationToken) switch
        {
            QueueAnswer.Missing =>
            [
                new(
                    destination,
                    $"There is no queue '{request.Destination}': its subscriber must have declared it before."
                ),
                .. faults,
            ],
            QueueAnswer.Forbidden =>
            [
                new(
                    destination,
                    $"RabbitMQ does not let this service use queue '{request.Destination}': the user of Relay:RabbitMqUri lacks the rights."
                ),
                .. faults,
            ],
            _ => faults,
        };
    }

    /// <summary>How many bytes a message's body has, on average, beside what is stored of its event.</summary>
    private async Task<double> MeasureEnvelopeAsync(
        ReplayRequest request,
        long through,
        CancellationToken cancellationToken
    )
    {
        var found = await history.FindAsync(request.Filter, after: 0, through, SampleSize, cancellationToken);
        var sample = await history.ReadAsync(found, cancellationToken);
        var messages = new ReplayMessages(Guid.Empty, request.Destination, broker.RabbitMqUri);
        return sample
                .Where(stored => stored.Change is not null)
                .Select(stored => EnvelopeBytes(messages, stored))
                .Average()
            ?? 0;
    }

    /// <summary>Null when no message can be made of it: the replay passes over it.</summary>
    private static double? EnvelopeBytes(ReplayMessages messages, StoredEvent stored)
    {
        try
        {
            return messages.From(stored).Body.Length - StoredBytes(stored);
        }
        // As when it is replayed: whatever it is, it is a fault of this one event.
        catch (Exception)
        {
            return null;
        }
    }

    private static int StoredBytes(StoredEvent stored) =>
        JsonSerializer.SerializeToUtf8Bytes(stored.Change, CoursesJson.Options).Length;
}
