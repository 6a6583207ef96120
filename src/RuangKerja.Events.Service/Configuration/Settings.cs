using System.Globalization;
using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>
/// Reads settings one by one and gathers what is wrong with them. A setting that is absent or blank takes its default; one
/// that is wrong is noted and reads as its default too, so that all faults are found in one go.
/// </summary>
/// <param name="configuration">Where the settings are.</param>
/// <param name="readFile">Reads a secret's file; throws as <see cref="File.ReadAllText(string)"/> does.</param>
internal sealed partial class Settings(IConfiguration configuration, Func<string, string> readFile)
{
    private readonly List<ConfigurationFault> _faults = [];

    /// <summary>What was found wrong so far.</summary>
    public IReadOnlyList<ConfigurationFault> Faults => _faults;

    /// <summary>Notes a fault.</summary>
    public void Refuse(string key, string found, string allowed) =>
        _faults.Add(new ConfigurationFault(key, found, allowed));

    /// <summary>Ends reading: returns when nothing was wrong.</summary>
    /// <exception cref="ConfigurationException">Something was.</exception>
    public void ThrowIfFaulty()
    {
        if (_faults.Count > 0)
            throw new ConfigurationException(_faults);
    }

    /// <summary>The value without blanks around it; null when it is absent or blank.</summary>
    public string? Text(string key) => configuration[key]?.Trim() is { Length: > 0 } text ? text : null;

    /// <summary>The names of the sections and settings right below a section.</summary>
    public IReadOnlyList<string> ChildrenOf(string section) =>
        [.. configuration.GetSection(section).GetChildren().Select(child => child.Key)];

    /// <summary>Every setting of a section that has a value, by its full key.</summary>
    public IEnumerable<string> KeysBelow(string section) =>
        ValuesBelow(section).Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => pair.Key);

    /// <summary>Every setting of a section that is not empty, by its full key; blanks are left as they are.</summary>
    public IEnumerable<KeyValuePair<string, string>> ValuesBelow(string section) =>
        configuration
            .GetSection(section)
            .AsEnumerable()
            .Where(pair => !string.IsNullOrEmpty(pair.Value))
            .Select(pair => KeyValuePair.Create(pair.Key, pair.Value!));

    /// <summary>The names of the outermost sections that hold something.</summary>
    public IEnumerable<string> Sections() =>
        configuration.GetChildren().Where(child => child.GetChildren().Any()).Select(child => child.Key);

    public TimeSpan Duration(string key, TimeSpan shortest, TimeSpan longest, TimeSpan otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (Durations.TryParse(text, out var duration) && duration >= shortest && duration <= longest)
            return duration;

        var range = $"{Durations.Format(shortest)} to {Durations.Format(longest)}";
        Refuse(key, $"'{text}'", $"a duration {Durations.Form}, {range}");
        return otherwise;
    }

    public int WholeNumber(string key, int least, int most, int otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        Refuse(key, $"'{text}'", $"a whole number, {least} to {most}");
        return otherwise;
    }

    public double Number(string key, double least, double most, double otherwise) =>
        Number(key, least, most, otherwise, $"a number, {least} to {most}, such as {otherwise}");

    public double Share(string key, double otherwise) => Number(key, 0, 1, otherwise, "a share, 0 to 1, such as 0.2");

    public TWord Word<TWord>(string key, TWord otherwise)
        where TWord : struct, Enum
    {
        if (Text(key) is not { } text)
            return otherwise;
        foreach (var word in Enum.GetValues<TWord>())
        {
            if (string.Equals(text, word.ToString(), StringComparison.OrdinalIgnoreCase))
                return word;
        }

        Refuse(key, $"'{text}'", string.Join(" or ", Enum.GetNames<TWord>()));
        return otherwise;
    }

    public bool Flag(string key, bool otherwise)
    {
        if (Text(key) is not { } text)
            return otherwise;
        if (bool.TryParse(text, out var flag))
            return flag;

        Refuse(key, $"'{text}'", "true or false");
        return otherwise;
    }

    public DateTimeOffset? Instant(string key, DateTimeOffset earliest, DateTimeOffset latest)
    {
        if (Text(key) is not { } text)
            return null;
        if (Rfc3339.TryParse(text, out var instant) && instant >= earliest && instant <= latest)
            return instant;

        Refuse(
            key,
            $"'{text}'",
            "an instant with its offset, such as 2026-01-31T00:00:00+07:00, "
                + $"{Rfc3339.Format(earliest, TimeZoneInfo.Utc)} to now"
        );
        return null;
    }

    private double Number(string key, double least, double most, double otherwise, string allowed)
    {
        const NumberStyles Plain = NumberStyles.AllowDecimalPoint;
        if (Text(key) is not { } text)
            return otherwise;
        if (
            double.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
        )
        {
            return number;
        }

        Refuse(key, $"'{text}'", allowed);
        return otherwise;
    }
}
