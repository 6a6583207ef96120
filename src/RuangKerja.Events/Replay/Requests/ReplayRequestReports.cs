using Microsoft.Extensions.Logging;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>Tells the log what comes by the bus, and what becomes of it.</summary>
internal sealed partial class ReplayRequestReports(ILogger<ReplayRequestReports> logger)
{
    // A log line names so many faults at most.
    private const int MostFaults = 5;

    public void Accepted(ReplayQuestion question, ReplayJob job) =>
        Log.Accepted(logger, question.RequestId, job.RequestedBy, job.Id, job.Destination, job.Total);

    public void Rejected(ReplayQuestion question, IReadOnlyList<ReplayFault> faults) =>
        Log.Rejected(
            logger,
            question.RequestId,
            question.Request?.RequestedBy,
            string.Join(' ', faults.Take(MostFaults).Select(fault => $"{fault.Member}: {fault.Message}"))
        );

    public void Waits(Guid? requestId, Exception error, TimeSpan wait) =>
        Log.Waits(logger, requestId, wait, error.Message);

    public void Fault(Guid? requestId, Exception fault) => Log.Fault(logger, fault, requestId);

    public void NobodyToTell(string answer, Guid? requestId, string? queue) =>
        Log.NobodyToTell(logger, answer, requestId, queue ?? "");

    public void TellingWaits(Exception error, TimeSpan wait) => Log.TellingWaits(logger, wait, error.Message);

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 641,
            Level = LogLevel.Information,
            Message = "Replay request {RequestId} of '{By}' is replay {ReplayId} to queue '{Queue}': {Count} events"
        )]
        public static partial void Accepted(
            ILogger logger,
            Guid? requestId,
            string by,
            Guid replayId,
            string queue,
            long count
        );

        [LoggerMessage(
            EventId = 642,
            Level = LogLevel.Warning,
            Message = "Replay request {RequestId} of '{By}' is rejected. {Faults}"
        )]
        public static partial void Rejected(ILogger logger, Guid? requestId, string? by, string faults);

        [LoggerMessage(
            EventId = 643,
            Level = LogLevel.Warning,
            Message = "Replay request {RequestId} is not answered yet and waits {Delay}. {Reason}"
        )]
        public static partial void Waits(ILogger logger, Guid? requestId, TimeSpan delay, string reason);

        [LoggerMessage(
            EventId = 644,
            Level = LogLevel.Error,
            Message = "Replay request {RequestId} met a fault of this program and is rejected. Please report it."
        )]
        public static partial void Fault(ILogger logger, Exception error, Guid? requestId);

        [LoggerMessage(
            EventId = 645,
            Level = LogLevel.Warning,
            Message = "{Answer} to request {RequestId} reaches nobody: it names no queue to answer to that is there ('{Queue}'), nor one to replay to that is there and allowed"
        )]
        public static partial void NobodyToTell(ILogger logger, string answer, Guid? requestId, string queue);

        [LoggerMessage(
            EventId = 646,
            Level = LogLevel.Warning,
            Message = "Telling requesters of the end of their replays waits {Delay}. {Reason}"
        )]
        public static partial void TellingWaits(ILogger logger, TimeSpan delay, string reason);
    }
}
