using System.Diagnostics.Metrics;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Diagnostics;

/// <summary>The pipeline's counters, by company, on the meter <c>RuangKerja.Events</c>.</summary>
public sealed class PipelineMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RuangKerja.Events";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _rows;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _stale;
    private readonly Counter<long> _published;
    private readonly Counter<long> _unroutable;
    private long _publishedTotal;

    /// <summary>Makes the instruments.</summary>
    public PipelineMetrics()
    {
        _rows = _meter.CreateCounter<long>("ruangkerja.feed.rows", "{row}", "Rows the feed returned.");
        _stored = _meter.CreateCounter<long>("ruangkerja.events.stored", "{event}", "Changes detected and stored.");
        _quarantined = _meter.CreateCounter<long>("ruangkerja.feed.quarantined", "{row}", "Rows not accepted.");
        _stale = _meter.CreateCounter<long>("ruangkerja.feed.stale", "{row}", "Rows older than what was known.");
        _published = _meter.CreateCounter<long>(
            "ruangkerja.events.published",
            "{message}",
            "Messages the broker has confirmed."
        );
        _unroutable = _meter.CreateCounter<long>(
            "ruangkerja.events.unroutable",
            "{message}",
            "Messages no queue took."
        );
    }

    /// <summary>Messages confirmed by the broker since this was made, over all companies.</summary>
    public long PublishedTotal => Interlocked.Read(ref _publishedTotal);

    /// <summary>One poll cycle is done.</summary>
    public void CycleCompleted(Company company, int rows, int events, int stale, int quarantined)
    {
        var tag = Tag(company);
        _rows.Add(rows, tag);
        _stored.Add(events, tag);
        _stale.Add(stale, tag);
        _quarantined.Add(quarantined, tag);
    }

    /// <summary>One pass over the outbox is done.</summary>
    public void RelayPassed(Company company, int confirmed, int unroutable)
    {
        Interlocked.Add(ref _publishedTotal, confirmed);
        _published.Add(confirmed, Tag(company));
        _unroutable.Add(unroutable, Tag(company));
    }

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?> Tag(Company company) => new("ruangkerja.company", company.Name);
}
