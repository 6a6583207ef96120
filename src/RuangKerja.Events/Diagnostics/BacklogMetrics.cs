using System.Diagnostics.Metrics;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Diagnostics;

/// <summary>What waits in the database as gauges, by company, on the meter <c>RuangKerja.Events</c>. Counts stop where counting does.</summary>
public sealed class BacklogMetrics : IDisposable
{
    private readonly Meter _meter = new(PipelineMetrics.MeterName);
    private readonly Gauge<long> _pending;
    private readonly Gauge<double> _oldest;
    private readonly Gauge<long> _held;
    private readonly Gauge<long> _unroutable;
    private readonly Gauge<long> _unpublishable;
    private readonly Gauge<long> _quarantined;
    private readonly Gauge<double> _watermark;

    /// <summary>Makes the instruments.</summary>
    public BacklogMetrics()
    {
        _pending = _meter.CreateGauge<long>("ruangkerja.outbox.pending", "{event}", "Events that wait for the broker.");
        _oldest = _meter.CreateGauge<double>(
            "ruangkerja.outbox.oldest_age",
            "s",
            "How long the oldest of them has waited; 0 when none waits."
        );
        _held = _meter.CreateGauge<long>("ruangkerja.outbox.held", "{event}", "Events that wait for an operator.");
        _unroutable = _meter.CreateGauge<long>("ruangkerja.outbox.unroutable", "{event}", "Events no queue took.");
        _unpublishable = _meter.CreateGauge<long>(
            "ruangkerja.outbox.unpublishable",
            "{event}",
            "Events no message can be made of."
        );
        _quarantined = _meter.CreateGauge<long>("ruangkerja.quarantine.rows", "{row}", "Rows that were not accepted.");
        _watermark = _meter.CreateGauge<double>(
            "ruangkerja.feed.watermark_age",
            "s",
            "How far behind now the feed is read."
        );
    }

    /// <summary>A company's backlog was read.</summary>
    public void Read(Company company, Backlog backlog)
    {
        var tag = new KeyValuePair<string, object?>("ruangkerja.company", company.Name);
        _pending.Record(backlog.Pending, tag);
        _oldest.Record(backlog.OldestPending?.TotalSeconds ?? 0, tag);
        _held.Record(backlog.Held, tag);
        _unroutable.Record(backlog.Unroutable, tag);
        _unpublishable.Record(backlog.Unpublishable, tag);
        _quarantined.Record(backlog.Quarantined, tag);
        if (backlog.Feed is { } feed)
            _watermark.Record(feed.Age.TotalSeconds, tag);
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}
