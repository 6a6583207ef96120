using System.Diagnostics.Metrics;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Diagnostics;

/// <summary>The pipeline's counters, by company unless they are of all, on the meter <c>RuangKerja.Events</c>.</summary>
public sealed class PipelineMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "RuangKerja.Events";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _rows;
    private readonly Counter<long> _stored;
    private readonly Counter<long> _quarantined;
    private readonly Counter<long> _stale;
    private readonly Counter<long> _rosterRows;
    private readonly Counter<long> _rosters;
    private readonly Counter<long> _unlinked;
    private readonly Counter<long> _published;
    private readonly Counter<long> _unroutable;
    private readonly Counter<long> _recycled;
    private readonly Histogram<double> _lag;
    private readonly Counter<long> _replayed;
    private readonly UpDownCounter<long> _replays;
    private long _publishedTotal;

    /// <summary>Makes the instruments.</summary>
    public PipelineMetrics()
    {
        _rows = _meter.CreateCounter<long>("ruangkerja.feed.rows", "{row}", "Rows the feed returned.");
        _stored = _meter.CreateCounter<long>("ruangkerja.events.stored", "{event}", "Changes detected and stored.");
        _quarantined = _meter.CreateCounter<long>("ruangkerja.rows.quarantined", "{row}", "Rows not accepted.");
        _stale = _meter.CreateCounter<long>("ruangkerja.rows.stale", "{row}", "Rows older than what was known.");
        _rosterRows = _meter.CreateCounter<long>("ruangkerja.roster.rows", "{row}", "Rows the rosters returned.");
        _rosters = _meter.CreateCounter<long>(
            "ruangkerja.roster.sweeps",
            "{roster}",
            "Rosters done with in a sweep: swept, drifted (it moved while it was read) or failed."
        );
        _unlinked = _meter.CreateCounter<long>(
            "ruangkerja.courses.unlinked",
            "{course}",
            "Courses of a poll whose name leads to no course of the catalogue, or to more than one."
        );
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
        _recycled = _meter.CreateCounter<long>(
            "ruangkerja.broker.recycled",
            "{connection}",
            "What was stuck on the broker's side and was opened anew, of all companies: the relay's connection, the commands' endpoint."
        );
        _replayed = _meter.CreateCounter<long>(
            "ruangkerja.replay.messages",
            "{message}",
            "Replayed messages the broker has confirmed, of all companies."
        );
        _replays = _meter.CreateUpDownCounter<long>(
            "ruangkerja.replay.running",
            "{replay}",
            "Replays this instance runs now."
        );
        _lag = _meter.CreateHistogram<double>(
            "ruangkerja.detection.lag",
            "s",
            "How long after it happened, by the feed's word, a change was detected."
        );
    }

    /// <summary>Messages confirmed by the broker since this was made, over all companies.</summary>
    public long PublishedTotal => Interlocked.Read(ref _publishedTotal);

    /// <summary>One poll cycle is done.</summary>
    public void CycleCompleted(Company company, int rows, int events, int stale, int quarantined, int unlinked)
    {
        _rows.Add(rows, Tag(company));
        _unlinked.Add(unlinked, Tag(company));
        Stored(company, events, stale, quarantined);
    }

    /// <summary>The feed showed a change, so long after it happened.</summary>
    public void Detected(Company company, TimeSpan lag) => _lag.Record(lag.TotalSeconds, Tag(company));

    /// <summary>A roster was read, at least in part.</summary>
    public void RosterRead(Company company, int rows, int events, int stale, int quarantined)
    {
        _rosterRows.Add(rows, Tag(company));
        Stored(company, events, stale, quarantined);
    }

    /// <summary>A sweep is done with a roster.</summary>
    public void RosterSwept(Company company, bool drifted) =>
        _rosters.Add(1, Tag(company), new("ruangkerja.outcome", drifted ? "drifted" : "swept"));

    /// <summary>A sweep has given a roster up.</summary>
    public void RosterFailed(Company company) => _rosters.Add(1, Tag(company), new("ruangkerja.outcome", "failed"));

    /// <summary>One pass over the outbox is done.</summary>
    public void RelayPassed(Company company, int confirmed, int unroutable)
    {
        Interlocked.Add(ref _publishedTotal, confirmed);
        _published.Add(confirmed, Tag(company));
        _unroutable.Add(unroutable, Tag(company));
    }

    /// <summary>A way to the broker was stuck and is opened anew.</summary>
    /// <param name="connection"><c>relay</c>, <c>commands</c> or <c>replay-requests</c>.</param>
    public void ConnectionRecycled(string connection) => _recycled.Add(1, Connection(connection));

    /// <summary>A replay is run from now on.</summary>
    public void ReplayTaken() => _replays.Add(1);

    /// <summary>Messages of replays were confirmed.</summary>
    public void Replayed(long messages) => _replayed.Add(messages);

    /// <summary>A replay is not run any more.</summary>
    public void ReplayLeft() => _replays.Add(-1);

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();

    private void Stored(Company company, int events, int stale, int quarantined)
    {
        var tag = Tag(company);
        _stored.Add(events, tag);
        _stale.Add(stale, tag);
        _quarantined.Add(quarantined, tag);
    }

    private static KeyValuePair<string, object?> Connection(string name) => new("ruangkerja.connection", name);

    private static KeyValuePair<string, object?> Tag(Company company) => new("ruangkerja.company", company.Name);
}
