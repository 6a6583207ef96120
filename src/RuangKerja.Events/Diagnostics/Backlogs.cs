using System.Collections.Concurrent;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Diagnostics;

/// <summary>A company's backlog, as it was read last.</summary>
/// <param name="FeedVerdict">What an instance that does not read the feed says of how others do; null when they do well.</param>
public sealed record BacklogReading(Backlog Backlog, PartVerdict? FeedVerdict);

/// <summary>The backlog of every company, as it was read last.</summary>
public sealed class Backlogs
{
    private readonly ConcurrentDictionary<Company, BacklogReading> _readings = new();

    /// <summary>A company's; null until it was read once.</summary>
    public BacklogReading? Of(Company company) => _readings.GetValueOrDefault(company);

    /// <summary>It was read just now.</summary>
    public void Set(Company company, BacklogReading reading) => _readings[company] = reading;
}
