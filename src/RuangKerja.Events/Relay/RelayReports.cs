using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Relay;

/// <summary>Tells health, metrics and the log how the relay does; and those who give way to it when it has work.</summary>
public sealed partial class RelayReports(
    HealthBoard health,
    PipelineMetrics metrics,
    LiveLane live,
    TimeProvider time,
    ILogger<RelayReports> logger
)
{
    private static readonly TimeSpan UnroutableLogInterval = TimeSpan.FromMinutes(1);

    private const string LookForAFullQueue =
        "Look for a full queue with a length limit that rejects, and its consumer; and for a quorum queue without a majority.";

    private readonly ConcurrentDictionary<Company, SparseCount> _unroutable = new();
    private readonly ConcurrentDictionary<Company, byte> _paused = new();

    /// <summary>A pass begins, until this is disposed of.</summary>
    public IDisposable Passes() => live.Enter();

    /// <summary>A pass is over, however it went.</summary>
    public void Passed(Company company, RelayPass pass)
    {
        metrics.RelayPassed(company, pass.Confirmed, pass.Unroutable);
        if (_paused.TryRemove(company, out _))
            Log.Resumed(logger, company);
        var unroutable = _unroutable.GetOrAdd(company, _ => new SparseCount(UnroutableLogInterval, time));
        if (unroutable.Add(pass.Unroutable, out var sinceLast))
            Log.Unroutable(logger, company, sinceLast);
        if (pass.Unpublishable > 0)
            Log.Unpublishable(logger, company, pass.Unpublishable);
        if (pass.Confirmed > 0)
            Log.Published(logger, company, pass.Confirmed);
        health.Succeeded(company, PipelinePart.Database);
    }

    /// <summary>The broker answered everything; what it keeps from going, others go on beside.</summary>
    /// <param name="failures">How many tries had failed in a row before.</param>
    public void Answered(Company company, RelayPass pass, int failures)
    {
        if (failures > 0)
            Log.Recovered(logger, company, failures);
        if (pass.Obstacle is { } obstacle)
            health.Failed(company, PipelinePart.Relay, $"{obstacle.Reason} The others go on.", obstacle.Hint);
        else if (pass.Refused > 0)
            health.Failed(company, PipelinePart.Relay, Refused(pass.Refused), LookForAFullQueue);
        else
            health.Succeeded(company, PipelinePart.Relay);
    }

    /// <summary>A pass that takes long has had answers from the broker since it was told last.</summary>
    public void GetsOn(Company company) => health.GetsOn(company, PipelinePart.Relay);

    /// <summary>Another instance sends; whether it does, the outbox shows on every instance.</summary>
    public void StandsBy(Company company) =>
        health.StandsBy(company, PipelinePart.Relay, "Another instance relays the outbox.");

    /// <summary>Nothing is sent to a broker that takes nothing; the outbox keeps it.</summary>
    public void Paused(Company company, string reason)
    {
        health.Failed(company, PipelinePart.Relay, $"Publishing pauses. {reason}");
        if (_paused.TryAdd(company, 0))
            Log.Paused(logger, company, reason);
    }

    /// <summary>The relay's connection was stuck and is opened anew, for all companies.</summary>
    /// <param name="failure">What was found; null when there is only silence.</param>
    public void Recycled(Company company, BrokerException? failure)
    {
        metrics.ConnectionRecycled("relay");
        Log.Recycled(logger, company, failure?.Message ?? "No message got an answer.");
    }

    /// <summary>A try has failed, and the next one follows after the wait.</summary>
    public void Failed(Company company, Exception error, TimeSpan wait)
    {
        health.Failed(company, PipelinePart.Relay, error);
        if (error is StorageException)
            health.Failed(company, PipelinePart.Database, error);
        if (error is StorageException or BrokerException)
            Log.Waiting(logger, company, error.Message, wait);
        else
            Log.Fault(logger, error, company, wait);
    }

    private static string Refused(int assignments) =>
        $"RabbitMQ refuses the next message of {assignments} assignments, or does not confirm it; the others go on.";

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

        [LoggerMessage(EventId = 407, Level = LogLevel.Warning, Message = "{Company}: the relay pauses. {Reason}")]
        public static partial void Paused(ILogger logger, Company company, string reason);

        [LoggerMessage(
            EventId = 408,
            Level = LogLevel.Warning,
            Message = "{Company}: the broker answers, and not to the relay; its connection is opened anew. {Reason}"
        )]
        public static partial void Recycled(ILogger logger, Company company, string reason);

        [LoggerMessage(EventId = 409, Level = LogLevel.Information, Message = "{Company}: the relay goes on")]
        public static partial void Resumed(ILogger logger, Company company);
    }
}
