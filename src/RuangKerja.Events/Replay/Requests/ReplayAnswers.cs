using RuangKerja.Events.Contracts;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Says what came of a request to its requester: where it wants to hear of it and may, else where the events go, else in the log.
/// </summary>
internal sealed class ReplayAnswers(IAnswerSender replies, ReplayOptions options, ReplayRequestReports reports)
{
    private readonly ReplyQueues _queues = new(options);

    /// <summary>It runs; or it has run, when it was asked for before.</summary>
    public async Task StartedAsync(ReplayQuestion question, ReplayJob job, CancellationToken cancellationToken)
    {
        var requestId = question.RequestId ?? job.Id;
        var reply = question.Reply ?? At(job.Destination);
        var started = new ReplayStarted
        {
            RequestId = requestId,
            ReplayId = job.Id,
            Count = job.Total,
            Through = job.Through,
        };
        await SendAsync(reply, job.Destination, started, requestId, cancellationToken);
        // Its end may have been told long ago, to a place that is not there any more.
        if (OutcomeOf(job.State) is not null)
            await SendAsync(reply, job.Destination, Finished(job), requestId, cancellationToken);
    }

    /// <summary>It is not run.</summary>
    public Task RejectedAsync(
        ReplayQuestion question,
        IReadOnlyList<ReplayFault> faults,
        CancellationToken cancellationToken
    )
    {
        // A queue that may not be replayed to is not written to at all.
        var destination = question.Request is { Destination: var queue } && _queues.AllowReplay(queue) ? queue : null;
        var rejected = new ReplayRejected
        {
            RequestId = question.RequestId,
            Faults =
            [
                .. faults
                    .Take(ReplayRequestReader.MostFaults)
                    .Select(fault => new ReplayRequestFault { Member = MemberOf(fault), Message = fault.Message }),
            ],
        };
        return SendAsync(question.Reply, destination, rejected, question.RequestId, cancellationToken);
    }

    /// <summary>It has come to its end.</summary>
    public Task FinishedAsync(ReplayJob job, CancellationToken cancellationToken) =>
        SendAsync(
            job.ReplyTo is { } address ? ReplyAddress.FromUri(address) : null,
            job.Destination,
            Finished(job),
            job.RequestId,
            cancellationToken
        );

    private async Task SendAsync<T>(
        ReplyAddress? reply,
        string? destination,
        T answer,
        Guid? requestId,
        CancellationToken cancellationToken
    )
        where T : class
    {
        if (
            reply is not null
            && _queues.AllowAnswer(reply.Queue)
            && await replies.SendAsync(reply, answer, cancellationToken)
        )
        {
            return;
        }

        if (
            destination is not null
            && destination != reply?.Queue
            && await replies.SendAsync(At(destination), answer, cancellationToken)
        )
        {
            return;
        }

        reports.NobodyToTell(typeof(T).Name, requestId, reply?.Queue);
    }

    private static ReplayFinished Finished(ReplayJob job) =>
        new()
        {
            ReplayId = job.Id,
            RequestId = job.RequestId ?? job.Id,
            Outcome =
                OutcomeOf(job.State) ?? throw new ArgumentException($"Replay {job.Id} has not ended.", nameof(job)),
            Sent = job.Sent,
            Reason = job.Reason,
        };

    private static string? OutcomeOf(ReplayState state) =>
        state switch
        {
            ReplayState.Finished => ReplayOutcomes.Finished,
            ReplayState.Cancelled => ReplayOutcomes.Cancelled,
            ReplayState.Failed => ReplayOutcomes.Failed,
            _ => null,
        };

    private static ReplyAddress At(string queue) => new(queue, null, null, null);

    /// <summary>The desk's words for members in those of the message.</summary>
    private static string MemberOf(ReplayFault fault) =>
        fault.Member switch
        {
            "destination" => "queue",
            "filter.baseline" => "includeBaseline",
            "filter.held.versions" => "heldVersions",
            "filter.held.eventIds" => "heldEventIds",
            _ => fault.Member.StartsWith("filter.", StringComparison.Ordinal)
                ? fault.Member["filter.".Length..]
                : fault.Member,
        };
}
