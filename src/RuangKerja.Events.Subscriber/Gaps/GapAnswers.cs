using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Replays;

namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>Hears what became of the requests; those of others it does not know.</summary>
internal sealed class GapAnswers(IGapStore gaps, GapReports reports) : IReplayAnswers
{
    public Task StartedAsync(ReplayStarted answer, CancellationToken cancellationToken) =>
        gaps.NoteStartedAsync(answer.RequestId, answer.ReplayId, cancellationToken);

    public Task FinishedAsync(ReplayFinished answer, CancellationToken cancellationToken)
    {
        var isWhole = answer.Outcome == ReplayOutcomes.Finished;
        if (!isWhole)
            reports.Ended(answer);
        return gaps.NoteEndedAsync(answer.RequestId, isWhole, cancellationToken);
    }

    public async Task RejectedAsync(ReplayRejected answer, CancellationToken cancellationToken)
    {
        if (answer.RequestId is not { } requestId)
            return;
        reports.Rejected(answer);
        await gaps.NoteEndedAsync(requestId, isWhole: false, cancellationToken);
    }
}
