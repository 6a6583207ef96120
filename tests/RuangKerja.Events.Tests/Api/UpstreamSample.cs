namespace RuangKerja.Events.Tests.Api;

/// <summary>The documented answers in contracts/upstream.</summary>
public static class UpstreamSample
{
    public static IEnumerable<string> All => Directory.EnumerateFiles(Folder(), "*.json");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    private static string Folder() => Path.Combine(Repository.Root, "contracts", "upstream");
}
