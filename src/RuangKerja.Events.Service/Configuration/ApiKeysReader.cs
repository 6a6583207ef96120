using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Access;

namespace RuangKerja.Events.Service.Configuration;

/// <summary>Reads the section <c>Http:ApiKeys</c>: a section for each key, under its name.</summary>
internal static class ApiKeysReader
{
    private const int FewestCharacters = 24;
    private const int MostCharacters = 512;
    private const string NameForm =
        "a name of 1 to 63 lower-case letters, digits, '-' and '_' that begins with a letter or digit";

    private static readonly string Form =
        $"a secret of {FewestCharacters} to {MostCharacters} visible ASCII characters, of this key alone, such as "
        + "'openssl rand -hex 24' makes";

    public static IReadOnlyList<ApiKey> Read(Settings settings)
    {
        var keys = settings
            .ChildrenOf(Keys.ApiKeys)
            .Where(name => settings.KeysBelow($"{Keys.ApiKeys}:{name}").Any())
            .Select(name => Read(settings, name))
            .OfType<ApiKey>()
            .ToList();
        foreach (var same in keys.GroupBy(key => key.Secret).Where(same => same.Count() > 1))
        {
            var names = string.Join(", ", same.Select(key => key.Name));
            settings.Refuse(KeyOf(same.Last().Name), $"the same secret as another of {names}", Form);
        }

        return keys;
    }

    private static ApiKey? Read(Settings settings, string name)
    {
        // A value in the place of a section is no name, and may be a secret.
        if (settings.Text($"{Keys.ApiKeys}:{name}") is not null)
            return null;
        // The letters that a company's name may have.
        if (!Company.TryCreate(name, out _))
        {
            settings.Refuse($"{Keys.ApiKeys}:{name}", $"the name '{name}'", NameForm);
            return null;
        }

        var role = Role(settings, $"{Keys.ApiKeys}:{name}:Role");
        var key = KeyOf(name);
        if (settings.Secret(key, Form) is not { } secret)
            return null;
        if (WhatIsWrong(secret) is { } wrong)
        {
            settings.Refuse(key, $"{Settings.Hidden(secret)}, which {wrong}", Form);
            return null;
        }

        return new ApiKey(name, role, secret, settings.File(key, secret, WhatIsWrong));
    }

    private static ApiRole Role(Settings settings, string key)
    {
        if (settings.Text(key) is null)
            settings.Refuse(key, ConfigurationFault.Nothing, "Viewer or Operator");
        return settings.Word(key, ApiRole.Viewer);
    }

    private static string? WhatIsWrong(string secret)
    {
        if (secret.Length < FewestCharacters)
            return "is too short";
        if (secret.Length > MostCharacters)
            return "is too long";
        return secret.All(character => character is > ' ' and < '\x7f') ? null : "holds a blank or another character";
    }

    private static string KeyOf(string name) => $"{Keys.ApiKeys}:{name}:Key";
}
