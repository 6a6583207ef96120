using System.Globalization;

namespace RuangKerja.Events.Courses;

/// <summary>The API's timestamps: RFC 3339 date-times, always with an offset.</summary>
public static class Rfc3339
{
    private const string ToTheSecond = "yyyy-MM-dd'T'HH:mm:sszzz";
    private const int FinestFraction = 7;

    /// <summary>
    /// Reads <c>2019-10-12T14:20:50+07:00</c>, <c>…Z</c> and fractions of any length (finer than 100 ns is cut off).
    /// False without an offset: a local time of an unknown zone is not an instant.
    /// </summary>
    public static bool TryParse(string? text, out DateTimeOffset instant)
    {
        instant = default;
        if (text is not { Length: >= 20 and <= 40 } || text[10] is not ('T' or 't'))
            return false;

        if (!TryFraction(text.AsSpan(19), out var ticks, out var offset))
            return false;

        if (
            !DateTime.TryParseExact(
                text.AsSpan(0, 19),
                text[10] == 'T' ? "yyyy-MM-dd'T'HH:mm:ss" : "yyyy-MM-dd't'HH:mm:ss",
                CultureInfo.InvariantCulture,
                DateTimeStyles.None,
                out var local
            ) || !TryOffset(offset, out var fromUtc)
        )
        {
            return false;
        }

        var utcTicks = local.Ticks + ticks - fromUtc.Ticks;
        if (utcTicks < DateTimeOffset.MinValue.Ticks || utcTicks > DateTimeOffset.MaxValue.Ticks)
            return false;

        instant = new DateTimeOffset(utcTicks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Writes an instant to the second, in the given zone: <c>2019-10-12T14:20:50+07:00</c>.</summary>
    public static string Format(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(instant, zone).ToString(ToTheSecond, CultureInfo.InvariantCulture);

    private static bool TryFraction(ReadOnlySpan<char> rest, out long ticks, out ReadOnlySpan<char> offset)
    {
        ticks = 0;
        offset = rest;
        if (rest.Length == 0 || rest[0] != '.')
            return true;

        var digits = rest[1..].IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0)
            return false;

        offset = rest[(1 + digits)..];
        var unit = TimeSpan.TicksPerSecond;
        for (var i = 1; i <= Math.Min(digits, FinestFraction); i++)
            ticks += (rest[i] - '0') * (unit /= 10);

        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z")
            return true;

        if (text is not ['+' or '-', >= '0' and <= '9', >= '0' and <= '9', ':', >= '0' and <= '9', >= '0' and <= '9'])
            return false;

        var hours = ((text[1] - '0') * 10) + (text[2] - '0');
        var minutes = ((text[4] - '0') * 10) + (text[5] - '0');
        if (hours > 23 || minutes > 59)
            return false;

        offset = new TimeSpan(hours, minutes, 0);
        if (text[0] == '-')
            offset = -offset;

        return true;
    }
}
