using Microsoft.Extensions.Logging;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>What is logged and counted about gaps.</summary>
internal sealed partial class GapReports(string queue, GapMetrics metrics, ILogger<GapReports> logger)
{
    private bool _isAway;

    public void Open(long count)
    {
        _isAway = false;
        metrics.Open(queue, count);
    }

    public void Asked(RequestReplay request, IReadOnlyList<DueGap> gaps, bool isInVain)
    {
        metrics.Requested(queue, gaps.Count);
        var worst = gaps.MaxBy(gap => gap.Round)!;
        if (isInVain)
            Log.AskedInVain(
                logger,
                queue,
                worst.Version + 1,
                worst.Highest,
                worst.AssignmentId,
                worst.Company,
                worst.Since,
                worst.Round,
                request.RequestId
            );
        else
            Log.Asked(logger, queue, gaps.Count, gaps[0].Company, request.RequestId);
    }

    /// <summary>Once, until it works again.</summary>
    public void Waits(Exception error)
    {
        if (!_isAway)
            Log.Waits(logger, queue, error.Message);
        _isAway = true;
    }

    public void Rejected(ReplayRejected answer) =>
        Log.Rejected(
            logger,
            queue,
            answer.RequestId,
            string.Join(' ', answer.Faults.Select(fault => $"{fault.Member}: {fault.Message}"))
        );

    public void Ended(ReplayFinished answer) =>
        Log.Ended(logger, queue, answer.ReplayId, answer.Outcome, answer.Reason ?? "no reason is given");

    private static partial class Log
    {
        [LoggerMessage(
            2011,
            LogLevel.Information,
            "{Queue}: versions of {Count} assignments of company {Company} are missing and are asked for (request {RequestId})"
        )]
        public static partial void Asked(ILogger logger, string queue, int count, string company, Guid requestId);

        [LoggerMessage(
            2012,
            LogLevel.Error,
            "{Queue}: versions {First} to {Highest} of assignment {AssignmentId} of company {Company} are missing since {Since:O}, and are asked for the {Round}th time (request {RequestId}). Check how far the answer may be behind in the queue, that the service runs, that its setting Replay:AllowedQueues allows this queue, and what its log says of the request"
        )]
        public static partial void AskedInVain(
            ILogger logger,
            string queue,
            long first,
            long highest,
            string assignmentId,
            string company,
            DateTimeOffset since,
            int round,
            Guid requestId
        );

        [LoggerMessage(
            2013,
            LogLevel.Warning,
            "{Queue}: what is missing cannot be asked for now, and is when it can be: {Reason}"
        )]
        public static partial void Waits(ILogger logger, string queue, string reason);

        [LoggerMessage(
            2014,
            LogLevel.Warning,
            "{Queue}: the request {RequestId} for what is missing was rejected: {Faults}"
        )]
        public static partial void Rejected(ILogger logger, string queue, Guid? requestId, string faults);

        [LoggerMessage(
            2015,
            LogLevel.Warning,
            "{Queue}: the replay {ReplayId} of what is missing has ended as {Outcome}: {Reason}"
        )]
        public static partial void Ended(ILogger logger, string queue, Guid replayId, string outcome, string reason);
    }
}
