using System.Diagnostics.Metrics;

namespace RuangKerja.Events.Subscriber.Gaps;

/// <summary>What is counted about gaps, tagged with the queue.</summary>
internal sealed class GapMetrics(SubscriberMetrics metrics)
{
    private readonly Gauge<long> _open = metrics.Meter.CreateGauge<long>(
        "ruangkerja.subscriber.gaps.open",
        "{gap}",
        "Assignments of which versions are missing, over all instances."
    );

    private readonly Counter<long> _requested = metrics.Meter.CreateCounter<long>(
        "ruangkerja.subscriber.gaps.requested",
        "{gap}",
        "How often versions that are missing were asked for."
    );

    public void Open(string queue, long count) => _open.Record(count, SubscriberMetrics.Tag(queue));

    public void Requested(string queue, long count) => _requested.Add(count, SubscriberMetrics.Tag(queue));
}
