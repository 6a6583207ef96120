using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Checks the levels in the section <c>Logging</c>, which the framework reads: it would throw at a wrong one.</summary>
internal static class LogLevels
{
    private const string Section = "Logging";
    private const string Levels = "LogLevel";

    /// <summary>Notes every level of <c>Logging:LogLevel</c> and <c>Logging:(provider):LogLevel</c> that is none.</summary>
    public static void Check(Settings settings)
    {
        foreach (var (key, text) in settings.ValuesBelow(Section).Where(pair => IsLevel(pair.Key.Split(':'))))
        {
            if (!Enum.TryParse<LogLevel>(text, ignoreCase: true, out var level) || !Enum.IsDefined(level))
                settings.Refuse(key, $"'{text}'", string.Join(" or ", Enum.GetNames<LogLevel>()));
        }
    }

    private static bool IsLevel(string[] key) =>
        (key.Length > 2 && IsLevels(key[1])) || (key.Length > 3 && IsLevels(key[2]));

    private static bool IsLevels(string part) => part.Equals(Levels, StringComparison.OrdinalIgnoreCase);
}
