using RuangKerja.Events.Polling;
using RuangKerja.Events.Polling.Rosters;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Polling</c>, but for what is each company's.</summary>
internal static class PollingReader
{
    private static readonly DateTimeOffset Earliest = new(1990, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static PollingOptions Read(Settings settings, DateTimeOffset now) =>
        new() { Feed = ReadFeed(settings, now), Rosters = ReadRosters(settings) };

    private static FeedPollingOptions ReadFeed(Settings settings, DateTimeOffset now)
    {
        var defaults = new FeedPollingOptions();
        return new FeedPollingOptions
        {
            Interval = settings.Duration(
                "Polling:Feed:Interval",
                TimeSpan.FromSeconds(1),
                TimeSpan.FromHours(1),
                defaults.Interval
            ),
            Overlap = settings.Duration("Polling:Feed:Overlap", TimeSpan.Zero, TimeSpan.FromDays(1), defaults.Overlap),
            SafetyLag = settings.Duration(
                "Polling:Feed:SafetyLag",
                TimeSpan.Zero,
                TimeSpan.FromMinutes(10),
                defaults.SafetyLag
            ),
            MaxWindow = settings.Duration(
                "Polling:Feed:MaxWindow",
                TimeSpan.FromMinutes(1),
                TimeSpan.FromDays(31),
                defaults.MaxWindow
            ),
            MaxItems = settings.WholeNumber("Polling:Feed:MaxItems", least: 100, most: 1_000_000, defaults.MaxItems),
            StartFrom = settings.Instant("Polling:Feed:StartFrom", Earliest, now),
        };
    }

    private static RosterOptions ReadRosters(Settings settings)
    {
        var defaults = new RosterOptions();
        return new RosterOptions
        {
            Enabled = settings.Flag("Polling:Roster:Enabled", defaults.Enabled),
            Interval = settings.Duration(
                "Polling:Roster:Interval",
                TimeSpan.FromMinutes(1),
                TimeSpan.FromDays(7),
                defaults.Interval
            ),
            Parallelism = settings.WholeNumber("Polling:Roster:Parallelism", least: 1, most: 32, defaults.Parallelism),
        };
    }
}
