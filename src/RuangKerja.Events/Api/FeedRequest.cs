using System.Globalization;

namespace RuangKerja.Events.Api;

/// <summary>The request for the feed: <c>GET /ruangkerja/dashboard/user-course-status</c>.</summary>
internal static class FeedRequest
{
    public static ListRequest<FeedRow> Of(FeedWindow window, TimeZoneInfo timeZone)
    {
        var from = InWholeSeconds(window.From, roundUp: false, timeZone);
        var to = InWholeSeconds(window.To, roundUp: true, timeZone);
        return new(
            new ApiOperation($"reading the feed from {from} to {to}") { HasWindow = true },
            // The offset's plus sign is escaped: a bare one is a space to most servers.
            "ruangkerja/dashboard/user-course-status"
                + $"?startTimestamp={Uri.EscapeDataString(from)}&endTimestamp={Uri.EscapeDataString(to)}",
            () => new FeedRowReader().Read
        );
    }

    private static string InWholeSeconds(DateTimeOffset instant, bool roundUp, TimeZoneInfo timeZone)
    {
        var fraction = instant.UtcTicks % TimeSpan.TicksPerSecond;
        if (fraction > 0)
        {
            instant = instant.AddTicks(roundUp ? TimeSpan.TicksPerSecond - fraction : -fraction);
        }

        return TimeZoneInfo
            .ConvertTime(instant, timeZone)
            .ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    }
}
