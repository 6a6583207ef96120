using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Tests.Service;

namespace RuangKerja.Events.Tests.Diagnostics;

/// <summary>What an instance that stands by says of the feed, from one reading of the backlog to the next.</summary>
public sealed class BacklogReportsTests : IDisposable
{
    private readonly WallClock _clock = new();
    private readonly Backlogs _backlogs = new();
    private readonly BacklogMetrics _metrics = new();
    private readonly DateTimeOffset _watermark;
    private readonly BacklogReports _reports;

    public BacklogReportsTests()
    {
        var options = new SampleSettings().Read().Pipeline;
        _watermark = _clock.GetUtcNow();
        _reports = new BacklogReports(
            new HealthBoard(_clock),
            _backlogs,
            _metrics,
            new OutboxBudget(options.OutboxBudget),
            options,
            _clock,
            NullLogger<BacklogReports>.Instance
        );
    }

    public void Dispose() => _metrics.Dispose();

    private PartVerdict? Read(int pending, TimeSpan storedAgo)
    {
        var backlog = new Backlog(pending, OldestPending: null, 0, 0, 0, 0, CountedTo: 200_000)
        {
            Feed = new FeedStanding(_watermark, storedAgo, storedAgo, CaughtUp: true),
        };
        _reports.Read(Company.Default, backlog);
        return _backlogs.Of(Company.Default)!.FeedVerdict;
    }

    /// <summary>The other instance was slowed down to a poll every five minutes, and polls again in a moment.</summary>
    [Fact]
    public void Feed_that_was_slowed_down_is_not_late_at_once_when_it_may_go_on()
    {
        Read(pending: 200_000, storedAgo: TimeSpan.FromMinutes(4.5)).ShouldBeNull();
        _clock.Advance(BacklogMonitor.Interval);

        Read(pending: 0, storedAgo: TimeSpan.FromMinutes(4.7)).ShouldBeNull();
    }

    /// <summary>Polls are stored, and the watermark stands.</summary>
    [Fact]
    public void Watermark_that_stands_still_is_late_however_the_clock_is_set()
    {
        Read(pending: 0, storedAgo: TimeSpan.Zero).ShouldBeNull();
        _clock.Set(TimeSpan.FromHours(-1));
        _clock.Advance(TimeSpan.FromMinutes(10));

        Read(pending: 0, storedAgo: TimeSpan.Zero)!.Status.ShouldBe(PartStatus.Late);
    }
}
