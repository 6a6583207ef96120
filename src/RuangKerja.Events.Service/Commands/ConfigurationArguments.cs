using System.CommandLine;
using System.CommandLine.Parsing;
using Microsoft.Extensions.Configuration;
using RuangKerja.Events.Service.Configuration;
using Setting = System.Collections.Generic.KeyValuePair<string, string?>;

namespace RuangKerja.Events.Service.Commands;

/// <summary>The option <c>--set</c>: one for all commands, before or behind their names.</summary>
internal static class ConfigurationArguments
{
    private const string Name = "--set";

    /// <summary>Makes the option; it may be given again and again.</summary>
    public static Option<string[]> CreateOption()
    {
        var option = new Option<string[]>(Name)
        {
            Description =
                "A setting, for commands that read any; stronger than environment and file. Not for secrets: others can "
                + "see the command line.",
            HelpName = "Section:Key=value",
            Recursive = true,
        };
        option.Validators.Add(RefuseOtherForms);
        return option;
    }

    /// <summary>Makes the option wrong usage of a command that reads no settings: it would be ignored.</summary>
    public static void Refuse(Command command) =>
        command.Validators.Add(result =>
        {
            if (result.GetResult(Name) is not null)
                result.AddError($"{Name}: '{command.Name}' reads no settings; see its options with --help.");
        });

    /// <summary>The configuration with the given settings on top; of two for one key the later counts.</summary>
    public static IConfiguration ReadConfiguration(this CommandContext context, ParseResult parsed)
    {
        var settings = parsed.GetValue<string[]>(Name);
        var byKey = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in (settings ?? []).Select(ConfigurationSources.ParseSetting).OfType<Setting>())
            byKey[key] = value;
        return context.Configuration(byKey);
    }

    /// <summary>The reader over that configuration.</summary>
    public static ConfigurationReader Reader(this CommandContext context, ParseResult parsed) =>
        new(context.ReadConfiguration(parsed), context.ReadFile);

    private static void RefuseOtherForms(OptionResult result)
    {
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            if (ConfigurationSources.ParseSetting(text) is null)
            {
                // What stands behind the equals sign may be a secret.
                var key = text.Split('=')[0];
                result.AddError(
                    $"{Name} '{key}': write Section:Key=value, where the section is one of "
                        + $"{string.Join(", ", Keys.Sections)} or Logging."
                );
            }
        }
    }
}
