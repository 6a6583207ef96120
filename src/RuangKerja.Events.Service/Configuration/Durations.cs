using System.Globalization;
using System.Text.RegularExpressions;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Durations as they are written in settings and options: <c>hh:mm:ss</c>, <c>d.hh:mm:ss</c>, with a fraction or without.</summary>
public static partial class Durations
{
    /// <summary>How the form is told to a person.</summary>
    public const string Form = "hh:mm:ss or d.hh:mm:ss";

    /// <summary>Accepts the full form only: the framework reads a bare <c>30</c> as thirty days.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        duration = default;
        return text is not null
            && FullForm().IsMatch(text)
            && TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
    }

    /// <summary>Writes <c>hh:mm:ss</c>, and days or a fraction where there are some.</summary>
    public static string Format(TimeSpan duration) => duration.ToString("c", CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"\A([0-9]{1,6}\.)?[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?\z",
        RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking
    )]
    private static partial Regex FullForm();
}
