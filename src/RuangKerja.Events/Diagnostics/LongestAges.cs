using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Diagnostics;

/// <summary>
/// How old each part's last success may be before it counts as late: a few of its own intervals, and the longest that one
/// try may take. So a loop that has ended or hangs does not stay unnoticed. Pure.
/// </summary>
public sealed class LongestAges(PipelineOptions options)
{
    private const int Missed = 3;

    /// <summary>The broker may answer slowly, a connection be made anew.</summary>
    private static readonly TimeSpan SlowAnswer = TimeSpan.FromMinutes(1);

    /// <summary>A look takes seconds, and handing out many courses to a slow broker longer.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(10);

    /// <summary>Publishing that gets on says so after two of these, and what stands still is given up after four.</summary>
    private const int ConfirmsWithoutWord = 4;

    /// <summary>One answer of the API, asked for again and waited for as it wishes. Of several companies the slowest counts.</summary>
    private TimeSpan Reading => options.Companies.Max(company => company.Api.TotalTimeout);

    private TimeSpan Statement => options.Storage.ConnectTimeout + options.Storage.CommandTimeout;

    /// <summary>The longest age of a part.</summary>
    public TimeSpan Of(PipelinePart part) =>
        part switch
        {
            PipelinePart.Api or PipelinePart.Feed => (Missed * options.Polling.Feed.Interval) + Reading + Statement,
            PipelinePart.Sweep => Look + Reading,
            PipelinePart.Lease => Missed * Lease.Period,
            PipelinePart.Broker => (Missed * options.Relay.LookInterval) + SlowAnswer,
            PipelinePart.Relay => (Missed * options.Relay.SafetyInterval)
                + (ConfirmsWithoutWord * options.Relay.PublishTimeout)
                + SlowAnswer,
            _ => (Missed * BacklogMonitor.Interval) + Statement,
        };
}
