using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Subscriber.Inbox.Postgres;

/// <summary>What the inbox in PostgreSQL says of its own.</summary>
internal sealed partial class InboxReports(string queue, ILogger<InboxReports> logger)
{
    /// <summary>Versions that the gap's own replay has left out.</summary>
    public void PassedOver(Delivery delivery, long missing) =>
        Log.PassedOver(
            logger,
            queue,
            delivery.Version - missing,
            delivery.Version - 1,
            delivery.AssignmentId,
            delivery.Company
        );

    private static partial class Log
    {
        [LoggerMessage(
            2022,
            LogLevel.Warning,
            "{Queue}: versions {First} to {Last} of assignment {AssignmentId} of company {Company} are passed over: the service was asked for them, and has them no more"
        )]
        public static partial void PassedOver(
            ILogger logger,
            string queue,
            long first,
            long last,
            string assignmentId,
            string company
        );
    }
}
