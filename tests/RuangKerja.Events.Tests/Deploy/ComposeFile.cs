using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace RuangKerja.Events.Tests.Deploy;

/// <summary>One service of <c>docker-compose.yml</c>; absent parts are empty.</summary>
internal sealed record ComposeService(string Name, IReadOnlyDictionary<object, object> Yaml)
{
    /// <summary>Whether it runs our executable.</summary>
    public bool IsOurs => Image.StartsWith("ruangkerja-events:", StringComparison.Ordinal);

    public string Image => (string)Yaml["image"];

    public IReadOnlyList<string> Command => List(Yaml, "command");

    public IReadOnlyList<string> Ports => List(Yaml, "ports");

    public IReadOnlyDictionary<object, object> HealthCheck => Map(Yaml, "healthcheck");

    public IReadOnlyList<string> HealthCommand => List(HealthCheck, "test");

    public IReadOnlyDictionary<string, string> Environment =>
        Map(Yaml, "environment").ToDictionary(pair => (string)pair.Key, pair => (string)pair.Value);

    public IReadOnlyDictionary<string, string> DependsOn =>
        Map(Yaml, "depends_on")
            .ToDictionary(
                pair => (string)pair.Key,
                pair => (string)((IDictionary<object, object>)pair.Value)["condition"]
            );

    public static IReadOnlyDictionary<object, object> Map(IReadOnlyDictionary<object, object> yaml, string key) =>
        yaml.TryGetValue(key, out var value)
            ? (IReadOnlyDictionary<object, object>)value
            : new Dictionary<object, object>();

    private static string[] List(IReadOnlyDictionary<object, object> yaml, string key) =>
        yaml.TryGetValue(key, out var value) ? [.. ((List<object>)value).Cast<string>()] : [];
}

/// <summary><c>docker-compose.yml</c>, with its merge keys resolved.</summary>
internal static partial class ComposeFile
{
    public static string Text { get; } = Repository.Read("docker-compose.yml");

    public static IReadOnlyDictionary<object, object> Root { get; } =
        new DeserializerBuilder()
            .Build()
            .Deserialize<Dictionary<object, object>>(new MergingParser(new Parser(new StringReader(Text))));

    public static IReadOnlyDictionary<string, ComposeService> Services { get; } =
        ComposeService
            .Map(Root, "services")
            .ToDictionary(
                pair => (string)pair.Key,
                pair => new ComposeService((string)pair.Key, (IReadOnlyDictionary<object, object>)pair.Value)
            );

    /// <summary>The names of the variables it takes from <c>.env</c>.</summary>
    public static IReadOnlyList<string> Variables { get; } =
    [.. Variable().Matches(Text).Select(match => match.Groups["name"].Value).Distinct()];

    /// <summary>A value as docker compose makes it, each variable being its own name.</summary>
    public static string Substitute(string text) => Variable().Replace(text, match => match.Groups["name"].Value);

    /// <summary>A required variable, the only form in use: without it docker compose refuses to start.</summary>
    [GeneratedRegex(@"\$\{(?<name>[A-Z_]+):\?set it in \.env\}", RegexOptions.NonBacktracking)]
    private static partial Regex Variable();
}
