using Microsoft.Extensions.Hosting;
using RuangKerja.Events.Api;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Polling;

/// <summary>
/// Polls the feed of every company for as long as the program runs. One company's trouble delays no other; trouble of any
/// kind means waiting longer, never an end.
/// </summary>
public sealed class FeedPoller(
    PolledCompanies companies,
    DatabaseSchema schema,
    InstanceLeases leases,
    FeedReports reports,
    PollingBrake brakes,
    FeedPollingOptions options,
    TimeProvider time
) : BackgroundService
{
    private static readonly TimeSpan StandBy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    // Longer than the API client repeats a refusal of the credentials without asking: else it would be heard twice.
    private static readonly TimeSpan PersonsPace = TimeSpan.FromSeconds(35);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Loops.RunAsync(companies.All.Select(company => RunAsync(company, stoppingToken)));

    private async Task RunAsync(PolledCompany polled, CancellationToken stopping)
    {
        var retry = new Backoff(Shorter(options.Interval, TimeSpan.FromSeconds(2)), LongestWait);
        var brake = brakes.Of(polled.Company, options.Interval);
        var jitter = new Random();
        var failures = 0;
        var schemaChecked = false;
        while (!stopping.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                if (!schemaChecked)
                    await schema.EnsureCurrentAsync(stopping);
                schemaChecked = true;

                (wait, var polls) = await PollAsync(polled, brake, failures, stopping);
                failures = polls ? 0 : failures;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            // Whatever it is, polling of this company goes on: nothing was lost, the window is still ahead.
            catch (Exception error)
            {
                // A database that was away may come back as another one.
                schemaChecked &= error is not StorageException;
                wait = Wait(error, retry.Delay(++failures, jitter.NextDouble()));
                reports.Failed(polled.Company, error, wait);
            }

            await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>One cycle, if this instance may and the brake lets it. Says how long to wait for the next one, and whether it ran.</summary>
    private async Task<(TimeSpan Wait, bool Polled)> PollAsync(
        PolledCompany polled,
        PollingBrake.LoopBrake brake,
        int failures,
        CancellationToken stopping
    )
    {
        var lease = leases[polled.Company, LeaseRole.Feed];
        if (!lease.Check())
        {
            if (lease.IsElsewhere)
                reports.StandsBy(polled.Company);
            return (StandBy, Polled: false);
        }

        if (brake.Rest() is { } rest)
        {
            reports.Slowed(polled.Company, brake.Interval);
            return (rest, Polled: false);
        }

        brake.Run();
        var result = await polled.Feed.RunAsync(stopping);
        reports.Completed(polled.Company, result, failures);
        return (FeedSchedule.WaitAfter(result, options), Polled: true);
    }

    /// <summary>A person is slower than a network: faults that need one are tried slowly; a stated wait is kept.</summary>
    private static TimeSpan Wait(Exception error, TimeSpan backoff) =>
        error switch
        {
            RuangKerjaApiException { RetryAfter: { } asked } when asked > backoff => asked,
            RuangKerjaApiException { Kind: ApiFailureKind.Configuration } => Longer(backoff, PersonsPace),
            _ => backoff,
        };

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
