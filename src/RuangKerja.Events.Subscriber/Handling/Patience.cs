using RuangKerja.Events.Subscriber.Endpoint;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>Waits between attempts, and for an inbox that is away.</summary>
internal sealed class Patience(RetrySchedule schedule, EndpointLife life, SubscriberReports reports, TimeProvider time)
{
    /// <summary>Waits as long as the schedule says behind a failed attempt; ends with the endpoint.</summary>
    /// <exception cref="OperationCanceledException">The endpoint is being stopped: the message comes again.</exception>
    public async Task WaitAsync(int failed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.Stopping);
        await Task.Delay(schedule.WaitAfter(failed), time, either.Token);
    }

    /// <summary>Does what needs the inbox, as often as it takes.</summary>
    /// <exception cref="OperationCanceledException">The endpoint is being stopped.</exception>
    public async Task UntilDoneAsync(Func<Task> work, CancellationToken cancellationToken)
    {
        for (var failed = 1; ; failed++)
        {
            try
            {
                await work();
                return;
            }
            catch (InboxException error)
            {
                reports.InboxWaits(error, schedule.WaitAfter(failed));
            }

            await WaitAsync(failed, cancellationToken);
        }
    }
}
