using System.Globalization;

namespace RuangKerja.Events.Api;

/// <summary>The <c>Retry-After</c> header in both of its forms: seconds, or an HTTP date.</summary>
internal static class RetryAfter
{
    /// <summary>What asks for longer is not believed: a poller that sleeps for a day is a dead poller.</summary>
    public static readonly TimeSpan Cap = TimeSpan.FromMinutes(15);

    private static readonly string[] HttpDates =
    [
        "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
        "dddd, dd-MMM-yy HH:mm:ss 'GMT'",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>Zero … <see cref="Cap"/>; null when the header is absent or says nothing that can be understood.</summary>
    public static TimeSpan? Parse(string? header, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(header))
        {
            return null;
        }

        var text = header.Trim();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return double.IsNaN(seconds) ? null : TimeSpan.FromSeconds(Math.Clamp(seconds, 0, Cap.TotalSeconds));
        }

        return DateTimeOffset.TryParseExact(
            text,
            HttpDates,
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AllowInnerWhite,
            out var until
        )
            ? Bounded(until - now)
            : null;
    }

    private static TimeSpan Bounded(TimeSpan wait) =>
        wait < TimeSpan.Zero ? TimeSpan.Zero
        : wait > Cap ? Cap
        : wait;
}
