using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Api;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling;

/// <summary>Tells health, metrics and the log how the poll cycles go.</summary>
public sealed partial class FeedReports(
    HealthBoard health,
    PipelineMetrics metrics,
    Backlogs backlogs,
    PipelineOptions options,
    TimeProvider time,
    ILogger<FeedReports> logger
)
{
    // A bad row comes again with every window that overlaps it; telling it each time would look like many.
    private static readonly TimeSpan SparseLogInterval = TimeSpan.FromMinutes(15);

    private readonly TimeSpan _longest = new LongestAges(options).Of(PipelinePart.Feed);
    private readonly ConcurrentDictionary<Company, SparseCount> _rejected = new();
    private readonly ConcurrentDictionary<Company, SparseCount> _wrong = new();

    /// <summary>A cycle is done.</summary>
    /// <param name="failures">How many cycles had failed in a row before it.</param>
    public void Completed(Company company, FeedCycleResult result, int failures)
    {
        metrics.CycleCompleted(
            company,
            result.Rows,
            result.Events,
            result.Stale,
            result.Rejected,
            result.Unlinked.Count
        );
        foreach (var lag in result.Lags)
            metrics.Detected(company, lag);
        health.Succeeded(company, PipelinePart.Database);
        if (failures > 0)
            Log.Recovered(logger, company, failures);
        if (result.Window is { } window)
        {
            health.Succeeded(company, PipelinePart.Api);
            Completed(company, result, window);
        }
        else
        {
            health.Succeeded(company, PipelinePart.Feed);
        }
    }

    /// <summary>Another instance reads the feed: this one says whether it gets on, as far as the database tells.</summary>
    public void StandsBy(Company company)
    {
        const string Elsewhere = "Another instance reads the feed.";
        health.StandsBy(company, PipelinePart.Api, Elsewhere);
        if (backlogs.Of(company)?.FeedVerdict is { } verdict)
            health.Found(company, PipelinePart.Feed, verdict);
        else
            health.StandsBy(company, PipelinePart.Feed, Elsewhere);
    }

    /// <summary>The next poll comes later than usual: too much waits for the broker.</summary>
    public void Slowed(Company company, TimeSpan interval)
    {
        health.Pauses(company, PipelinePart.Api, interval);
        health.Pauses(company, PipelinePart.Feed, interval);
    }

    /// <summary>The API has not answered, and is asked for less: it may take minutes until the cycle fails.</summary>
    public void Narrowed(Company company, RuangKerjaApiException error)
    {
        health.Failed(company, PipelinePart.Feed, error);
        health.Failed(company, PipelinePart.Api, error);
    }

    /// <summary>A cycle has failed, and the next one follows after the wait.</summary>
    public void Failed(Company company, Exception error, TimeSpan wait)
    {
        health.Failed(company, PipelinePart.Feed, error);
        if (error is RuangKerjaApiException)
            health.Failed(company, PipelinePart.Api, error);
        if (error is StorageException)
            health.Failed(company, PipelinePart.Database, error);
        if (error is StorageException or RuangKerjaApiException)
            Log.Waiting(logger, company, error.Message, wait);
        else
            Log.Fault(logger, error, company, wait);
    }

    private void Completed(Company company, FeedCycleResult result, FeedWindow window)
    {
        if (result.Events > 0 || !result.ReachesNow)
            Log.CycleCompleted(logger, company, window.To, result.Rows, result.Events, result.Queued);
        if (result.EndedBootstrap)
            Log.Bootstrapped(logger, company, window.To);

        var rejected = _rejected.GetOrAdd(company, _ => new SparseCount(SparseLogInterval, time));
        if (rejected.Add(result.Rejected, out _))
            Log.Rejected(logger, company, result.Rejected, result.Rows, window.From, window.To);

        if (FeedHealth.WhatIsWrong(result, time.GetUtcNow(), _longest) is not { } wrong)
        {
            health.Succeeded(company, PipelinePart.Feed);
            return;
        }

        health.Failed(company, PipelinePart.Feed, wrong.Reason, wrong.Hint);
        // Health says so each time; the log only from time to time, and of what gets on by itself not at all.
        if (!result.Held && result is { ReachesNow: false, Moved: true })
            return;
        if (_wrong.GetOrAdd(company, _ => new SparseCount(SparseLogInterval, time)).Add(1, out _))
            Log.Wrong(logger, company, $"{wrong.Reason} {wrong.Hint}");
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 201,
            Level = LogLevel.Information,
            Message = "{Company}: read up to {To:O}: {Rows} rows, {Events} changes stored, {Queued} to publish"
        )]
        public static partial void CycleCompleted(
            ILogger logger,
            Company company,
            DateTimeOffset to,
            int rows,
            int events,
            int queued
        );

        [LoggerMessage(EventId = 202, Level = LogLevel.Warning, Message = "{Company}: polling waits {Delay}. {Reason}")]
        public static partial void Waiting(ILogger logger, Company company, string reason, TimeSpan delay);

        [LoggerMessage(EventId = 203, Level = LogLevel.Error, Message = "{Company}: {Why}")]
        public static partial void Wrong(ILogger logger, Company company, string why);

        [LoggerMessage(
            EventId = 204,
            Level = LogLevel.Error,
            Message = "{Company}: polling met a fault of this program and waits {Delay}. Please report it."
        )]
        public static partial void Fault(ILogger logger, Exception error, Company company, TimeSpan delay);

        [LoggerMessage(
            EventId = 205,
            Level = LogLevel.Information,
            Message = "{Company}: polling works again, after {Failures} failures"
        )]
        public static partial void Recovered(ILogger logger, Company company, int failures);

        [LoggerMessage(
            EventId = 206,
            Level = LogLevel.Information,
            Message = "{Company}: the past is read, up to {To:O}; first sights are news from now on, but for what is dated before the first start"
        )]
        public static partial void Bootstrapped(ILogger logger, Company company, DateTimeOffset to);

        [LoggerMessage(
            EventId = 207,
            Level = LogLevel.Warning,
            Message = "{Company}: {Rejected} of {Rows} rows of the window {From:O} … {To:O} are in quarantine; see 'ruangkerja-events quarantine list'"
        )]
        public static partial void Rejected(
            ILogger logger,
            Company company,
            int rejected,
            int rows,
            DateTimeOffset from,
            DateTimeOffset to
        );
    }
}
