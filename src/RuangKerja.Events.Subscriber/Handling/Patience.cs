using RuangKerja.Events.Subscriber.Endpoint;
using RuangKerja.Events.Subscriber.Inbox;

namespace RuangKerja.Events.Subscriber.Handling;

/// <summary>Waits between attempts, and for an inbox that is away.</summary>
internal sealed class Patience(RetrySchedule schedule, EndpointLife life, SubscriberReports reports, TimeProvider time)
{
    // The endpoint says that it stops before the broker hears of it, which would hand out at once what comes back until then.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);

    /// <summary>Waits as long as the schedule says behind a failed attempt; ends with the endpoint.</summary>
    /// <exception cref="OperationCanceledException">The endpoint is being stopped: the message comes again.</exception>
    public async Task WaitAsync(int failed, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, life.Stopping);
        await Task.Delay(schedule.WaitAfter(failed), time, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await PassUnlessStoppingAsync(cancellationToken);
    }

    /// <summary>Lets nothing more begin while the endpoint is being stopped.</summary>
    /// <exception cref="OperationCanceledException">It is: the message comes again.</exception>
    public async Task PassUnlessStoppingAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!life.Stopping.IsCancellationRequested)
            return;
        await Task.Delay(Farewell, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        throw EndpointLife.ComesAgain();
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
