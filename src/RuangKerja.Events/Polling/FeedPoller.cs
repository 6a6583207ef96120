using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>
/// Polls the feed of every company for as long as the program runs. One company's trouble delays no other; trouble of any
/// kind means waiting longer, never an end.
/// </summary>
public sealed partial class FeedPoller(
    PolledCompanies companies,
    DatabaseSchema schema,
    HealthBoard health,
    PipelineMetrics metrics,
    FeedPollingOptions options,
    TimeProvider time,
    ILogger<FeedPoller> logger
) : BackgroundService
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(2);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(companies.All.Select(company => RunAsync(company, stoppingToken)));

    private async Task RunAsync(PolledCompany polled, CancellationToken stopping)
    {
        var retry = new Backoff(Shorter(options.Interval, TimeSpan.FromSeconds(2)), LongestWait);
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

                var result = await polled.Cycle.RunAsync(stopping);
                Report(polled.Company, result);
                failures = 0;
                wait = result.ReachesNow || result.Held ? options.Interval : TimeSpan.Zero;
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
                Report(polled.Company, error, wait);
            }

            await Task.Delay(wait, time, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>A person is slower than a network: faults that need one are tried slowly; a stated wait is kept.</summary>
    private static TimeSpan Wait(Exception error, TimeSpan backoff) =>
        error switch
        {
            RuangKerjaApiException { RetryAfter: { } asked } when asked > backoff => asked,
            RuangKerjaApiException { Kind: ApiFailureKind.Configuration } => Longer(backoff, TimeSpan.FromSeconds(30)),
            _ => backoff,
        };

    private void Report(Company company, FeedCycleResult result)
    {
        metrics.CycleCompleted(company, result.Rows, result.Events, result.Stale, result.Rejected);
        health.Succeeded(company, PipelinePart.Database);
        if (result.Held)
        {
            health.Failed(
                company,
                PipelinePart.Feed,
                $"{result.Rejected} of {result.Rows} rows of the window {result.Window!.Value.From:O} … {result.Window.Value.To:O} "
                    + "cannot be accepted: the watermark stands still. Look at the reasons (ruangkerja-events quarantine list); if the "
                    + "rows are right to be refused, raise Detection:QuarantineLimit until the window has passed."
            );
            Log.Held(logger, company, result.Rejected, result.Rows);
        }
        else
        {
            health.Succeeded(company, PipelinePart.Feed);
        }

        if (result.Events > 0 || result.Rejected > 0)
            Log.CycleCompleted(logger, company, result.Rows, result.Events, result.Published, result.Rejected);
    }

    private void Report(Company company, Exception error, TimeSpan wait)
    {
        health.Failed(company, PipelinePart.Feed, error.Message);
        if (error is StorageException)
            health.Failed(company, PipelinePart.Database, error.Message);
        if (error is StorageException or RuangKerjaApiException)
            Log.Waiting(logger, company, error.Message, wait);
        else
            Log.Fault(logger, error, company, wait);
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 201,
            Level = LogLevel.Information,
            Message = "{Company}: {Rows} rows read, {Events} changes stored, {Published} to publish, {Rejected} rows quarantined"
        )]
        public static partial void CycleCompleted(
            ILogger logger,
            Company company,
            int rows,
            int events,
            int published,
            int rejected
        );

        [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "{Company}: polling waits {Delay}. {Reason}")]
        public static partial void Waiting(ILogger logger, Company company, string reason, TimeSpan delay);

        [LoggerMessage(
            EventId = 203,
            Level = LogLevel.Error,
            Message = "{Company}: {Rejected} of {Rows} rows cannot be accepted; the watermark stands still until they can"
        )]
        public static partial void Held(ILogger logger, Company company, int rejected, int rows);

        [LoggerMessage(
            EventId = 204,
            Level = LogLevel.Error,
            Message = "{Company}: polling met a fault of this program and waits {Delay}. Please report it."
        )]
        public static partial void Fault(ILogger logger, Exception error, Company company, TimeSpan delay);
    }
}
