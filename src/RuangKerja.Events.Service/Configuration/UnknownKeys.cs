namespace RuangKerja.Events.Service.Configuration;

/// <summary>Finds settings that nobody reads: a slip that is silently ignored is a default nobody asked for.</summary>
internal static class UnknownKeys
{
    private const int SlipInKey = 4;
    private const int SlipInSection = 2;

    // Values of unknown keys are never shown: a secret under a misspelt key is still a secret.
    private const string Found = "a value";

    /// <summary>Notes every unknown setting of the sections.</summary>
    public static void Refuse(Settings settings, IEnumerable<string> sections)
    {
        foreach (var key in sections.SelectMany(settings.KeysBelow).Where(key => !Keys.IsKnown(key)))
        {
            if (Keys.IsOfALaterVersion(key))
                settings.Refuse(key, Found, "nothing; this setting is not in this version");
            else
                settings.Refuse(key, Found, $"nothing; there is no such setting{Suggestion(key)}");
        }
    }

    /// <summary>Notes every outermost section whose name is nearly one of ours.</summary>
    public static void RefuseMisspeltSections(Settings settings)
    {
        var others = settings.Sections().Where(name => !Keys.Sections.Contains(name, StringComparer.OrdinalIgnoreCase));
        foreach (var name in others)
        {
            // A short name is near to many words.
            if (Nearest.To(name, Keys.Sections, name.Length > 6 ? SlipInSection : 1) is { } meant)
                settings.Refuse(name, "a section", $"nothing; there is no such section: did you mean {meant}?");
        }
    }

    /// <summary>“: did you mean …?”, or nothing when no known key is near.</summary>
    public static string Suggestion(string key)
    {
        var generic = Keys.Generic(key);
        var meant = Nearest.To(generic, Keys.Known, SlipInKey) ?? SameName(generic);
        return meant is null ? "" : $": did you mean {meant}?";
    }

    /// <summary>A key of the same section that begins alike: an array's <c>Http:Urls:0</c>, or a section forgotten in between.</summary>
    private static string? SameName(string key) =>
        Keys.Known.FirstOrDefault(known => key.StartsWith($"{known}:", StringComparison.OrdinalIgnoreCase))
        ?? Keys.Known.FirstOrDefault(known =>
            known.StartsWith($"{First(key)}:", StringComparison.OrdinalIgnoreCase)
            && string.Equals(Last(known), Last(key), StringComparison.OrdinalIgnoreCase)
        );

    private static string First(string key) => key.Split(':')[0];

    private static string Last(string key) => key.Split(':')[^1];
}
