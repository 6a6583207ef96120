using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>
/// Runs the relay of every company for as long as the program runs: passes while there is work, then waits for a ring or
/// the safety interval. A broken broker or database means waiting longer, never an end.
/// </summary>
public sealed partial class RelayService(
    IReadOnlyList<OutboxRelay> relays,
    IOutbox outbox,
    DatabaseSchema schema,
    OutboxSignal signal,
    HealthBoard health,
    PipelineMetrics metrics,
    RelayOptions options,
    TimeProvider time,
    ILogger<RelayService> logger
) : BackgroundService
{
    private static readonly Backoff Retry = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
    private static readonly TimeSpan StandBy = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TrimInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan UnroutableLogInterval = TimeSpan.FromMinutes(1);

    /// <inheritdoc />
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(relays.Select(relay => RunAsync(relay, stoppingToken)));

    private async Task RunAsync(OutboxRelay relay, CancellationToken stopping)
    {
        var company = relay.Company;
        var jitter = new Random();
        var failures = 0;
        var schemaChecked = false;
        var trimmedAt = DateTimeOffset.MinValue;
        var unroutable = new SparseCount(UnroutableLogInterval, time);
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                if (!schemaChecked)
                    await schema.EnsureCurrentAsync(stopping);
                schemaChecked = true;

                if (!relay.Lease.Check())
                {
                    if (relay.Lease.IsElsewhere)
                        StandsBy(company);
                    relay.Forget();
                    await signal.WaitAsync(company, StandBy, stopping);
                    continue;
                }

                var more = await PassAsync(relay, unroutable, stopping);
                if (failures > 0)
                    Log.Recovered(logger, company, failures);
                failures = 0;
                if (more)
                    continue;

                trimmedAt = await TrimAsync(company, trimmedAt, stopping);
                await signal.WaitAsync(company, options.SafetyInterval, stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            // Whatever it is, the relay of this company goes on: a message not sent now is sent later, or never.
            catch (Exception error)
            {
                // A database that was away may come back as another one.
                schemaChecked &= error is not StorageException;
                var delay = Retry.Delay(++failures, jitter.NextDouble());
                Report(company, error, delay);
                await WaitAsync(company, error, delay, stopping);
            }
        }
    }

    /// <summary>True when there may be more to send at once.</summary>
    private async Task<bool> PassAsync(OutboxRelay relay, SparseCount unroutable, CancellationToken stopping)
    {
        var company = relay.Company;
        var pass = await relay.RunAsync(stopping);
        metrics.RelayPassed(company, pass.Confirmed, pass.Unroutable);
        if (unroutable.Add(pass.Unroutable, out var sinceLast))
            Log.Unroutable(logger, company, sinceLast);
        if (pass.Unpublishable > 0)
            Log.Unpublishable(logger, company, pass.Unpublishable);
        if (pass.Confirmed > 0)
            Log.Published(logger, company, pass.Confirmed);
        health.Succeeded(company, PipelinePart.Database);
        if (pass.Failure is { } failure)
            throw failure;

        if (pass.Refused > 0)
        {
            health.Failed(
                company,
                PipelinePart.Relay,
                $"RabbitMQ refuses the next message of {pass.Refused} assignments; the others go on.",
                "Look for a full queue with a length limit that rejects, and for its consumer."
            );
        }
        else
        {
            health.Succeeded(company, PipelinePart.Relay);
        }

        return pass.Taken == options.BatchSize;
    }

    /// <summary>Another instance sends; whether it does, the outbox shows on every instance.</summary>
    private void StandsBy(Company company) =>
        health.StandsBy(company, PipelinePart.Relay, "Another instance relays the outbox.");

    /// <summary>A ring says that the database works again; it says nothing of the broker.</summary>
    private async Task WaitAsync(Company company, Exception error, TimeSpan delay, CancellationToken stopping)
    {
        try
        {
            if (error is StorageException)
                await signal.WaitAsync(company, delay, stopping);
            else
                await Task.Delay(delay, time, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop sees the stop.
        }
    }

    private async Task<DateTimeOffset> TrimAsync(Company company, DateTimeOffset before, CancellationToken stopping)
    {
        var now = time.GetUtcNow();
        if (now - before < TrimInterval)
            return before;

        await outbox.TrimUnroutableAsync(company, options.UnroutableRetention, stopping);
        return now;
    }

    private void Report(Company company, Exception error, TimeSpan delay)
    {
        health.Failed(company, PipelinePart.Relay, error);
        if (error is StorageException)
            health.Failed(company, PipelinePart.Database, error);
        if (error is StorageException or BrokerException)
            Log.Waiting(logger, company, error.Message, delay);
        else
            Log.Fault(logger, error, company, delay);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 401, Level = LogLevel.Information, Message = "{Company}: {Count} events published")]
        public static partial void Published(ILogger logger, Company company, int count);

        [LoggerMessage(
            EventId = 402,
            Level = LogLevel.Warning,
            Message = "{Company}: {Count} events that no queue takes; they are kept as unroutable"
        )]
        public static partial void Unroutable(ILogger logger, Company company, long count);

        [LoggerMessage(
            EventId = 403,
            Level = LogLevel.Error,
            Message = "{Company}: {Count} stored events cannot be made messages; they are kept as unpublishable"
        )]
        public static partial void Unpublishable(ILogger logger, Company company, int count);

        [LoggerMessage(
            EventId = 406,
            Level = LogLevel.Information,
            Message = "{Company}: the relay works again, after {Failures} failures"
        )]
        public static partial void Recovered(ILogger logger, Company company, int failures);

        [LoggerMessage(
            EventId = 404,
            Level = LogLevel.Warning,
            Message = "{Company}: the relay waits {Delay}. {Reason}"
        )]
        public static partial void Waiting(ILogger logger, Company company, string reason, TimeSpan delay);

        [LoggerMessage(
            EventId = 405,
            Level = LogLevel.Error,
            Message = "{Company}: the relay met a fault of this program and waits {Delay}. Please report it."
        )]
        public static partial void Fault(ILogger logger, Exception error, Company company, TimeSpan delay);
    }
}
