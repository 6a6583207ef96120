using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Takes one request: ① reads it ② brings it to the desk ③ answers. It returns when that is done, however long the database
/// or the broker is away: until then the message stays in its queue, and another instance gets it when this one ends. An
/// answer alone is given up after some tries.
/// </summary>
internal sealed class ReplayRequestConsumer(
    IReplayDesk desk,
    ReplayAnswers answers,
    RelayOptions relay,
    ReplayRequestReports reports,
    TimeProvider time
)
{
    // Some minutes.
    private const int MostTries = 10;

    private static readonly Backoff Pauses = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(30));

    private readonly string _virtualHost = BrokerAddress.Parse(relay.RabbitMqUri).VirtualHost;

    /// <summary>Does the work.</summary>
    /// <exception cref="OperationCanceledException">The program is being stopped; the request is not answered.</exception>
    public async Task ConsumeAsync(ReadOnlyMemory<byte> body, AmqpReply amqp, CancellationToken cancellationToken)
    {
        var question = ReplayRequestReader.Read(body, amqp, _virtualHost);
        var jitter = new Random();
        ReplayAnswer? answer = null;
        var tries = 0;
        // What was kept and not answered before a stop is found again by its request id.
        for (var failures = 1; ; failures++)
        {
            try
            {
                answer ??= await AskAndReportAsync(question, cancellationToken);
                tries++;
                await AnswerAsync(question, answer, cancellationToken);
                return;
            }
            // What can be asked again needs no answer at any price: others wait for this place.
            catch (BrokerException error) when (tries >= MostTries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                reports.GivenUp(question.RequestId, error);
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

    private async Task<ReplayAnswer> AskAndReportAsync(ReplayQuestion question, CancellationToken cancellationToken)
    {
        var answer = await AskAsync(question, cancellationToken);
        if (answer is ReplayAnswer.Accepted accepted)
            reports.Accepted(question, accepted.Job);
        else if (answer is ReplayAnswer.Rejected rejected)
            reports.Rejected(question, rejected.Faults);
        return answer;
    }

    private Task AnswerAsync(ReplayQuestion question, ReplayAnswer answer, CancellationToken cancellationToken) =>
        answer switch
        {
            ReplayAnswer.Accepted accepted => answers.StartedAsync(question, accepted.Job, cancellationToken),
            ReplayAnswer.Rejected rejected => answers.RejectedAsync(question, rejected.Faults, cancellationToken),
            _ => throw new InvalidOperationException($"No answer is known as {answer.GetType().Name}."),
        };

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
