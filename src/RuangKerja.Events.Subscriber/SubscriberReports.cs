using Microsoft.Extensions.Logging;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber;

/// <summary>Tells log and metrics what becomes of one subscriber's messages.</summary>
internal sealed partial class SubscriberReports(
    string queue,
    SubscriberMetrics metrics,
    ILogger<SubscriberReports> logger
)
{
    // Guid? is not read in one piece.
    private volatile object? _toldOfReplay;

    public void Settled(Delivery delivery, Verdict verdict)
    {
        metrics.Settled(queue, verdict);
        if (verdict != Verdict.Handle)
            Log.Dropped(logger, queue, delivery.Version, delivery.AssignmentId, verdict, delivery.EventId);
        if (verdict == Verdict.Outdated && delivery.ReplayId is { } replayId)
            TellOnce(delivery, replayId);
    }

    public void Failed(Delivery delivery, int attempt, Exception error, TimeSpan wait)
    {
        metrics.Failed(queue);
        Log.Failed(logger, error, queue, delivery.Version, delivery.AssignmentId, attempt, wait);
    }

    public void GivenUp(Delivery delivery, int attempts, Exception error)
    {
        metrics.GivenUp(queue);
        Log.GivenUp(logger, error, queue, delivery.Version, delivery.AssignmentId, attempts, delivery.EventId);
    }

    public void LastDelivery(Delivery delivery) =>
        Log.LastDelivery(logger, queue, delivery.Version, delivery.AssignmentId, delivery.EventId);

    public void InboxWaits(InboxException error, TimeSpan wait) => Log.InboxWaits(logger, queue, error.Message, wait);

    /// <summary>Once for each replay.</summary>
    private void TellOnce(Delivery delivery, Guid replayId)
    {
        if (replayId.Equals(_toldOfReplay))
            return;
        _toldOfReplay = replayId;
        Log.ReplayedTooLate(logger, queue, replayId, delivery.Version, delivery.AssignmentId);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 2001,
            Level = LogLevel.Debug,
            Message = "Queue {Queue}: version {Version} of assignment {Assignment} is dropped as {Verdict} (event {EventId})"
        )]
        public static partial void Dropped(
            ILogger logger,
            string queue,
            long version,
            string assignment,
            Verdict verdict,
            Guid eventId
        );

        [LoggerMessage(
            EventId = 2002,
            Level = LogLevel.Warning,
            Message = "Queue {Queue}: version {Version} of assignment {Assignment} could not be handled, attempt {Attempt}; it is tried again in {Wait}"
        )]
        public static partial void Failed(
            ILogger logger,
            Exception error,
            string queue,
            long version,
            string assignment,
            int attempt,
            TimeSpan wait
        );

        [LoggerMessage(
            EventId = 2003,
            Level = LogLevel.Error,
            Message = "Queue {Queue}: version {Version} of assignment {Assignment} was given up after {Attempts} attempts (event {EventId}); it goes to {Queue}_error: mend the consumer, and send it again from there"
        )]
        public static partial void GivenUp(
            ILogger logger,
            Exception error,
            string queue,
            long version,
            string assignment,
            int attempts,
            Guid eventId
        );

        [LoggerMessage(
            EventId = 2004,
            Level = LogLevel.Error,
            Message = "Queue {Queue}: version {Version} of assignment {Assignment} is handed out for the last time (event {EventId}), since it came back unsettled again and again, as when the process dies of it; if it does so now it goes to {Queue}_dead"
        )]
        public static partial void LastDelivery(
            ILogger logger,
            string queue,
            long version,
            string assignment,
            Guid eventId
        );

        [LoggerMessage(
            EventId = 2005,
            Level = LogLevel.Warning,
            Message = "Queue {Queue}: messages wait for the inbox, which is asked again in {Wait}: {Reason}"
        )]
        public static partial void InboxWaits(ILogger logger, string queue, string reason, TimeSpan wait);

        [LoggerMessage(
            EventId = 2006,
            Level = LogLevel.Warning,
            Message = "Queue {Queue}: replay {ReplayId} brings what is older than was handled before, first version {Version} of assignment {Assignment}; such are dropped, and counted as outdated. To handle a past that never was, ask for it into a queue with an empty inbox before news come"
        )]
        public static partial void ReplayedTooLate(
            ILogger logger,
            string queue,
            Guid replayId,
            long version,
            string assignment
        );
    }
}
