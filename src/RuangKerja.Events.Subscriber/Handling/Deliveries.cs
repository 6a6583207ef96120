using MassTransit;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>Reads what of a message matters to the inbox.</summary>
internal static class Deliveries
{
    // As the service sets it on what it sends again.
    private const string ReplayIdHeader = "replayId";

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
            ReplayIdOf(context)
        );
    }

    private static Guid? ReplayIdOf(ConsumeContext context) =>
        context.Headers.TryGetHeader(ReplayIdHeader, out var value) && Guid.TryParse($"{value}", out var id)
            ? id
            : null;
}
