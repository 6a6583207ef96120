using Microsoft.Extensions.Configuration;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Where settings come from; the later source wins.</summary>
public static class ConfigurationSources
{
    private const string FileName = "appsettings.json";

    /// <summary><c>appsettings.json</c> beside the executable, then environment variables (<c>Section__Key</c>), then the command line.</summary>
    /// <exception cref="ConfigurationException">The file is not JSON.</exception>
    public static IConfigurationRoot Build(IEnumerable<KeyValuePair<string, string?>> commandLine)
    {
        try
        {
            return new ConfigurationBuilder()
                .SetBasePath(AppContext.BaseDirectory)
                .AddJsonFile(FileName, optional: true, reloadOnChange: false)
                .AddEnvironmentVariables()
                .AddInMemoryCollection(commandLine)
                .Build();
        }
        catch (InvalidDataException unreadable)
        {
            var trouble = unreadable.InnerException?.Message ?? unreadable.Message;
            throw new ConfigurationException([new(FileName, $"a file that cannot be read ({trouble})", "JSON")]);
        }
    }

    /// <summary>Splits <c>Section:Key=value</c>; null when it is not that, or not one of our sections or <c>Logging</c>.</summary>
    public static KeyValuePair<string, string?>? ParseSetting(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals <= 0)
            return null;

        var key = text[..equals].Trim();
        var colon = key.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && IsSection(key[..colon]) ? new(key, text[(equals + 1)..]) : null;
    }

    private static bool IsSection(string name) =>
        Keys.Sections.Append("Logging").Contains(name, StringComparer.OrdinalIgnoreCase);
}
