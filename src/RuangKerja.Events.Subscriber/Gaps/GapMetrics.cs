using System.Diagnostics.Metrics;

namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>What is counted about gaps, tagged with the queue.</summary>
internal sealed class GapMetrics
{
    private readonly Gauge<long> _open;
    private readonly Counter<long> _requested;

    public GapMetrics(IMeterFactory meters)
    {
        // Disposed by its factory.
        var meter = meters.Create(SubscriberMetrics.MeterName);
        _open = meter.CreateGauge<long>(
            "ruangkerja.subscriber.gaps.open",
            "{gap}",
            "Assignments of which versions are missing, over all instances."
        );
        _requested = meter.CreateCounter<long>(
            "ruangkerja.subscriber.gaps.requested",
            "{gap}",
            "How often versions that are missing were asked for."
        );
    }

    public void Open(string queue, long count) =>
        _open.Record(count, new KeyValuePair<string, object?>("queue", queue));

    public void Requested(string queue, long count) =>
        _requested.Add(count, new KeyValuePair<string, object?>("queue", queue));
}
