using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Diagnostics;

/// <summary>Tells health, metrics, the log and the polling brake what waits in the database.</summary>
public sealed partial class BacklogReports(
    HealthBoard health,
    Backlogs backlogs,
    BacklogMetrics metrics,
    OutboxBudget budget,
    PipelineOptions options,
    TimeProvider time,
    ILogger<BacklogReports> logger
)
{
    private readonly TimeSpan _longestFeedAge = new LongestAges(options).Of(PipelinePart.Feed);
    private readonly ConcurrentDictionary<Company, WatermarkWatch> _watches = new();
    private readonly ConcurrentDictionary<Company, PauseWatch> _pauses = new();

    // How long something stands still is counted from here: the clock on the wall may be set meanwhile.
    private readonly (DateTimeOffset At, long Timestamp) _began = (time.GetUtcNow(), time.GetTimestamp());

    /// <summary>A company's backlog was read just now.</summary>
    public void Read(Company company, Backlog backlog)
    {
        var slowed = budget.IsExceededBy(backlog.Pending);
        var wasSlowed = backlogs.Of(company) is { } before && budget.IsExceededBy(before.Backlog.Pending);
        if (slowed && !wasSlowed)
            Log.Slowed(logger, company, backlog.Pending, budget.Rows);
        else if (wasSlowed && !slowed)
            Log.NoLongerSlowed(logger, company, backlog.Pending);

        backlogs.Set(company, new BacklogReading(backlog, JudgeFeed(company, backlog)));
        metrics.Read(company, backlog);
        health.Succeeded(company, PipelinePart.Database);
        health.Found(company, PipelinePart.Outbox, BacklogHealth.Outbox(backlog, budget));
        health.Found(company, PipelinePart.Quarantine, BacklogHealth.Quarantine(backlog));
    }

    /// <summary>It could not be read: what was read last holds, and gets late.</summary>
    public void Failed(Company company, Exception error)
    {
        if (error is StorageException)
            health.Failed(company, PipelinePart.Database, error);
        else
            Log.Fault(logger, error, company);
    }

    private PartVerdict? JudgeFeed(Company company, Backlog backlog)
    {
        var now = _began.At + time.GetElapsedTime(_began.Timestamp);
        var watch = _watches.AddOrUpdate(
            company,
            _ => new WatermarkWatch(backlog.Feed?.Watermark, now),
            (_, before) => before.See(backlog.Feed, now)
        );
        // Whoever reads the feed may have been slowed down too.
        var slowed = budget.Interval(TimeSpan.Zero, backlog.Pending);
        var pause = _pauses.AddOrUpdate(
            company,
            _ => new PauseWatch(slowed, now),
            (_, before) => before.See(backlog.Feed, slowed, now)
        );
        return watch.Judge(backlog.Feed, now, _longestFeedAge + pause.Pause);
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 601,
            Level = LogLevel.Warning,
            Message = "{Company}: {Pending} events wait for the broker, more than {Budget} (Relay:OutboxBudget); polling is slowed down until fewer do"
        )]
        public static partial void Slowed(ILogger logger, Company company, long pending, int budget);

        [LoggerMessage(
            EventId = 602,
            Level = LogLevel.Information,
            Message = "{Company}: {Pending} events wait for the broker; polling is as usual again"
        )]
        public static partial void NoLongerSlowed(ILogger logger, Company company, long pending);

        [LoggerMessage(
            EventId = 603,
            Level = LogLevel.Error,
            Message = "{Company}: reading the backlog met a fault of this program; it is tried again. Please report it."
        )]
        public static partial void Fault(ILogger logger, Exception error, Company company);
    }
}
