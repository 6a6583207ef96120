using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Takes one request: ① reads it ② brings it to the desk ③ answers. It returns when that is done, however long the database
/// or the broker is away: until then the message stays in its queue, and another instance gets it when this one ends.
/// </summary>
internal sealed class ReplayRequestConsumer(
    IReplayDesk desk,
    ReplayAnswers answers,
    RelayOptions relay,
    ReplayRequestReports reports,
    TimeProvider time
)
{
    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    private readonly string _virtualHost = BrokerAddress.Parse(relay.RabbitMqUri).VirtualHost;

    /// <summary>Does the work.</summary>
    /// <exception cref="OperationCanceledException">The program is being stopped; the request is not answered.</exception>
    public async Task ConsumeAsync(ReadOnlyMemory<byte> body, AmqpReply amqp, CancellationToken cancellationToken)
    {
        var question = ReplayRequestReader.Read(body, amqp, _virtualHost);
        var jitter = new Random();
        // What was kept and not answered is found again by its request id.
        for (var failures = 1; ; failures++)
        {
            try
            {
                await AnswerAsync(question, cancellationToken);
                return;
            }
            catch (Exception error) when (error is StorageException or BrokerException)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var wait = Pauses.Delay(failures, jitter.NextDouble());
                reports.Waits(question.RequestId, error, wait);
                await Task.Delay(wait, time, cancellationToken);
            }
        }
    }

    private async Task AnswerAsync(ReplayQuestion question, CancellationToken cancellationToken)
    {
        switch (await AskAsync(question, cancellationToken))
        {
            case ReplayAnswer.Accepted accepted:
                reports.Accepted(question, accepted.Job);
                await answers.StartedAsync(question, accepted.Job, cancellationToken);
                break;
            case ReplayAnswer.Rejected rejected:
                reports.Rejected(question, rejected.Faults);
                await answers.RejectedAsync(question, rejected.Faults, cancellationToken);
                break;
        }
    }

    private async Task<ReplayAnswer> AskAsync(ReplayQuestion question, CancellationToken cancellationToken)
    {
        if (question.Request is not { } request || question.Faults.Count > 0)
            return new ReplayAnswer.Rejected(question.Faults);

        try
        {
            return await desk.AskAsync(WithPlaceToAnswer(request), cancellationToken);
        }
        // Of this one request alone, such as a text that no database can hold: it would be refused for ever.
        catch (StorageException refused) when (refused.Kind == StorageFailureKind.Refused)
        {
            return new ReplayAnswer.Rejected([new ReplayFault("", refused.Reason)]);
        }
        // Whatever it is, the next try would meet it too, and the requester waits.
        catch (Exception fault) when (fault is not (StorageException or BrokerException or OperationCanceledException))
        {
            reports.Fault(question.RequestId, fault);
            return new ReplayAnswer.Rejected([
                new ReplayFault("", "The service met a fault of its own, which stands in its log."),
            ]);
        }
    }

    /// <summary>Who names none hears of the end where the events go.</summary>
    private static ReplayRequest WithPlaceToAnswer(ReplayRequest request) =>
        request.ReplyTo is not null
            ? request
            : request with
            {
                ReplyTo = new ReplyAddress(request.Destination, null, null, null).ToUri(),
            };
}
