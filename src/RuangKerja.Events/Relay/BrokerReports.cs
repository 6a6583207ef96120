using Microsoft.Extensions.Logging;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.Relay;

/// <summary>Tells health and the log how the broker is. Thread-safe.</summary>
public sealed partial class BrokerReports(
    IReadOnlyList<Company> companies,
    HealthBoard health,
    ILogger<BrokerReports> logger
)
{
    private readonly Lock _gate = new();

    // Guarded by _gate.
    private string? _trouble;

    /// <summary>It takes messages.</summary>
    public void Well()
    {
        lock (_gate)
        {
            foreach (var company in companies)
                health.Succeeded(company, PipelinePart.Broker);
            if (IsNews(null))
                Log.Well(logger);
        }
    }

    /// <summary>It does not.</summary>
    /// <param name="reason">What was found.</param>
    /// <param name="hint">What to do.</param>
    public void Trouble(string reason, string hint)
    {
        lock (_gate)
        {
            foreach (var company in companies)
                health.Failed(company, PipelinePart.Broker, reason, hint);
            if (IsNews(reason))
                Log.Trouble(logger, $"{reason} {hint}");
        }
    }

    private bool IsNews(string? trouble)
    {
        var before = _trouble;
        _trouble = trouble;
        return trouble != before;
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 411, Level = LogLevel.Warning, Message = "{Trouble}")]
        public static partial void Trouble(ILogger logger, string trouble);

        [LoggerMessage(EventId = 412, Level = LogLevel.Information, Message = "The broker is connected")]
        public static partial void Well(ILogger logger);
    }
}
