using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Endpoint;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>Reads what of a message matters to the inbox.</summary>
internal static class Deliveries
{
    // As the service sets it on what it sends again.
    private const string ReplayIdHeader = "replayId";
    private const string ReplayedHeader = "replayed";

    // As the broker marks what has been in a dead-letter queue.
    private const string DeadLetteredHeader = "x-first-death-queue";

    // As a quorum queue counts; not there the first time.
    private const string CountHeader = "x-delivery-count";

    /// <summary>The delivery that a message is.</summary>
    public static Delivery Read(string subscriber, ConsumeContext<CourseStatusChanged> context)
    {
        var message = context.Message;
        return new Delivery(
            subscriber,
            message.EventId,
            message.Company,
            message.AssignmentId,
            message.Version,
            message.Sequence,
            ReplayIdOf(context),
            WasGivenUp(context.ReceiveContext.TransportHeaders)
        );
    }

    /// <summary>How often the broker has handed it out before.</summary>
    public static long CountOf(ConsumeContext context) =>
        context.ReceiveContext.TransportHeaders.Get<long>(CountHeader) ?? 0;

    /// <summary>Marks a message as one of a replay, as the service does.</summary>
    public static void MarkReplayed(SendHeaders headers, Guid replayId)
    {
        headers.Set(ReplayIdHeader, replayId.ToString("D"));
        headers.Set(ReplayedHeader, true, overwrite: true);
    }

    private static bool WasGivenUp(Headers headers) =>
        headers.TryGetHeader(ErrorQueueFilter.GivenUpHeader, out _) || headers.TryGetHeader(DeadLetteredHeader, out _);

    private static Guid? ReplayIdOf(ConsumeContext context) =>
        context.Headers.TryGetHeader(ReplayIdHeader, out var value) && Guid.TryParse($"{value}", out var id)
            ? id
            : null;
}
