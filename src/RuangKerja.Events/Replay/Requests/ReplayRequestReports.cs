using Microsoft.Extensions.Logging;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>Tells the log what comes by the bus, and what becomes of it.</summary>
internal sealed partial class ReplayRequestReports(ILogger<ReplayRequestReports> logger)
{
    // A log line names so many faults at most.
    private const int MostFaults = 5;

    // … and quotes so much of a requester's words.
    private const int LongestText = 200;

    public void Accepted(ReplayQuestion question, ReplayJob job) =>
        Log.Accepted(logger, question.RequestId, job.RequestedBy, job.Id, job.Destination, job.Total);

    public void Rejected(ReplayQuestion question, IReadOnlyList<ReplayFault> faults) =>
        Log.Rejected(
            logger,
            question.RequestId,
            Plain(question.Request?.RequestedBy),
            string.Join(' ', faults.Take(MostFaults).Select(fault => Plain($"{fault.Member}: {fault.Message}")))
        );

    public void Waits(Guid? requestId, Exception error, TimeSpan wait) =>
        Log.Waits(logger, requestId, wait, error.Message);

    public void Fault(Guid? requestId, Exception fault) => Log.Fault(logger, fault, requestId);

    public void NobodyToTell(string answer, Guid? requestId, string? queue) =>
        Log.NobodyToTell(logger, answer, requestId, Plain(queue) ?? "");

    public void TellingWaits(Guid? replay, Exception error, TimeSpan wait) =>
        Log.TellingWaits(logger, replay, wait, error.Message);

    public void GivenUp(Guid? requestId, Exception error) => Log.GivenUp(logger, requestId, error.Message);

    /// <summary>A requester's words as one piece of a line.</summary>
    private static string? Plain(string? text) =>
        text is null
            ? null
            : string.Concat(text.Take(LongestText).Select(letter => char.IsControl(letter) ? '?' : letter))
                + (text.Length > LongestText ? "…" : "");

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
            Message = "{Answer} to request {RequestId} reaches nobody: it names no queue to answer to that is there, takes it and may be answered to ('{Queue}'), nor one to replay to"
        )]
        public static partial void NobodyToTell(ILogger logger, string answer, Guid? requestId, string queue);

        [LoggerMessage(
            EventId = 646,
            Level = LogLevel.Warning,
            Message = "Telling the requester of the end of replay {Replay} waits {Delay}. {Reason}"
        )]
        public static partial void TellingWaits(ILogger logger, Guid? replay, TimeSpan delay, string reason);

        [LoggerMessage(
            EventId = 647,
            Level = LogLevel.Error,
            Message = "An answer to replay request {RequestId} is given up; the same request again is answered again. {Reason}"
        )]
        public static partial void GivenUp(ILogger logger, Guid? requestId, string reason);
    }
}
