using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Diagnostics;

/// <summary>
/// How old each part's last success may be before it counts as late: a few of its own intervals, and the longest that one
/// try may take. So a loop that has ended or hangs does not stay unnoticed. Pure.
/// </summary>
public sealed class LongestAges(PipelineOptions options)
{
    private const int Missed = 3;

    /// <summary>A request may be answered slowly and be asked again, a connection be made anew.</summary>
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromMinutes(1);

    /// <summary>A look takes seconds, but the catalogue of a slow API, read at the beginning of a sweep, takes minutes.</summary>
    private static readonly TimeSpan Sweep = TimeSpan.FromMinutes(10);

    /// <summary>What is taken at once is more than may be under way at once: several confirms are waited for in a row.</summary>
    private const int ConfirmsInARow = 4;

    /// <summary>The longest age of a part.</summary>
    public TimeSpan Of(PipelinePart part) =>
        part switch
        {
            PipelinePart.Api or PipelinePart.Feed => (Missed * options.Polling.Feed.Interval) + SlowAnswer,
            PipelinePart.Sweep => Sweep,
            PipelinePart.Lease => Missed * Lease.Period,
            PipelinePart.Broker => (Missed * options.Relay.SafetyInterval) + SlowAnswer,
            PipelinePart.Relay => (Missed * options.Relay.SafetyInterval)
                + (ConfirmsInARow * options.Relay.PublishTimeout)
                + SlowAnswer,
            _ => (Missed * BacklogMonitor.Interval) + options.Storage.ConnectTimeout + options.Storage.CommandTimeout,
        };
}
