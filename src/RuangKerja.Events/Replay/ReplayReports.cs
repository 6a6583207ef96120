using Microsoft.Extensions.Logging;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay;

/// <summary>
/// Tells metrics and the log how replays do. Health hears nothing of it: a replay that fails is for whoever asked for it, and
/// this service does its work all the same.
/// </summary>
public sealed partial class ReplayReports(PipelineMetrics metrics, ILogger<ReplayReports> logger)
{
    /// <summary>This instance runs one from now on.</summary>
    internal void Taken(TakenReplay taken)
    {
        metrics.ReplayTaken();
        var job = taken.Job;
        Log.Taken(logger, job.Id, job.Destination, job.Total - job.Sent, job.Position, job.RequestedBy);
    }

    /// <summary>So many more messages are confirmed.</summary>
    internal void Sent(long messages) => metrics.Replayed(messages);

    /// <summary>It has ended, or was given back.</summary>
    internal void Ended(TakenReplay taken, ReplayProgress progress, ReplayState state, string? reason)
    {
        Left(taken, progress, told: state != ReplayState.Waiting);
        if (state == ReplayState.Finished)
            Log.Finished(logger, taken.Job.Id, progress.Sent, progress.Unreadable);
        else if (state == ReplayState.Failed)
            Log.Halted(logger, taken.Job.Id, progress.Position, reason);
    }

    /// <summary>Another instance or an operator has it now, or nobody yet.</summary>
    internal void Left(TakenReplay taken, ReplayProgress progress) => Left(taken, progress, told: false);

    /// <summary>It cannot get on now.</summary>
    internal void Waiting(TakenReplay taken, string reason, TimeSpan wait) =>
        Log.Waiting(logger, taken.Job.Id, wait, reason);

    /// <summary>No message can be made of so many events since it was told last; this is one of them.</summary>
    internal void Unreadable(ReplayJob job, StoredEvent stored, string reason, long sinceLast) =>
        Log.Unreadable(logger, job.Id, sinceLast, stored.Sequence, stored.Company.Name, reason);

    /// <summary>None could be taken or run, and the next try follows after the wait.</summary>
    internal void Failed(Exception error, TimeSpan wait)
    {
        if (error is StorageException)
            Log.Untaken(logger, wait, error.Message);
        else
            Log.Fault(logger, error, wait);
    }

    private void Left(TakenReplay taken, ReplayProgress progress, bool told)
    {
        metrics.ReplayLeft();
        if (!told)
            Log.Left(logger, taken.Job.Id, progress.Sent, taken.Job.Total);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 711,
            Level = LogLevel.Information,
            Message = "Replay {Replay} to queue {Queue}: {Left} messages, after sequence {Position}; asked for by {RequestedBy}"
        )]
        public static partial void Taken(
            ILogger logger,
            Guid replay,
            string queue,
            long left,
            long position,
            string requestedBy
        );

        [LoggerMessage(
            EventId = 712,
            Level = LogLevel.Information,
            Message = "Replay {Replay} is finished: {Sent} messages, {Unreadable} events that cannot be read"
        )]
        public static partial void Finished(ILogger logger, Guid replay, long sent, long unreadable);

        [LoggerMessage(
            EventId = 713,
            Level = LogLevel.Warning,
            Message = "Replay {Replay} has failed after sequence {Position}. {Reason}"
        )]
        public static partial void Halted(ILogger logger, Guid replay, long position, string? reason);

        [LoggerMessage(
            EventId = 714,
            Level = LogLevel.Information,
            Message = "Replay {Replay} is left after {Sent} of {Total} messages: paused, cancelled, or for the next who takes it"
        )]
        public static partial void Left(ILogger logger, Guid replay, long sent, long total);

        [LoggerMessage(EventId = 715, Level = LogLevel.Warning, Message = "Replay {Replay} waits {Delay}. {Reason}")]
        public static partial void Waiting(ILogger logger, Guid replay, TimeSpan delay, string reason);

        [LoggerMessage(
            EventId = 716,
            Level = LogLevel.Warning,
            Message = "Replay {Replay} passes over {Count} events, as that of sequence {Sequence} of company {Company}. {Reason}"
        )]
        public static partial void Unreadable(
            ILogger logger,
            Guid replay,
            long count,
            long sequence,
            string company,
            string reason
        );

        [LoggerMessage(
            EventId = 717,
            Level = LogLevel.Warning,
            Message = "Replays cannot be taken up; next try in {Delay}. {Reason}"
        )]
        public static partial void Untaken(ILogger logger, TimeSpan delay, string reason);

        [LoggerMessage(
            EventId = 718,
            Level = LogLevel.Error,
            Message = "Replays met a fault of this program; next try in {Delay}. Please report it."
        )]
        public static partial void Fault(ILogger logger, Exception error, TimeSpan delay);
    }
}
