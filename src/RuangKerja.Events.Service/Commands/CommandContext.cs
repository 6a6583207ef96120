using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Service.Commands;

/// <summary>What a command meets besides its options.</summary>
public sealed record CommandContext
{
    /// <summary>Where results go.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where failures go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Whether a person sees failures as they come, and progress bars with them.</summary>
    public bool ErrorIsTerminal { get; init; }

    /// <summary>The width of tables, in characters.</summary>
    public int Width { get; init; } = 200;

    /// <summary>Builds the configuration from all sources; takes the settings of the command line.</summary>
    public Func<IEnumerable<KeyValuePair<string, string?>>, IConfiguration> Configuration { get; init; } =
        ConfigurationSources.Build;

    /// <summary>Reads the file of a secret.</summary>
    public Func<string, string> ReadFile { get; init; } = File.ReadAllText;

    /// <summary>Who runs the command, for the audit: the operating system's user.</summary>
    public string User { get; init; } = Environment.UserName;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>The process's own streams, at the terminal's width where there is one.</summary>
    public static CommandContext OfThisProcess()
    {
        var context = new CommandContext
        {
            Out = Console.Out,
            Error = Console.Error,
            ErrorIsTerminal = !Console.IsErrorRedirected,
        };
        return Console.IsOutputRedirected || Console.WindowWidth <= 0
            ? context
            : context with
            {
                Width = Console.WindowWidth,
            };
    }
}
