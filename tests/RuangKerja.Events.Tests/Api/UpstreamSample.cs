namespace RuangKerja.Events.Tests.Api;

/// <summary>The documented answers in contracts/upstream.</summary>
public static class UpstreamSample
{
    public static IEnumerable<string> All => Directory.EnumerateFiles(Folder(), "*.json");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder(), name));

    private static string Folder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RuangKerja.Events.sln")))
        {
            folder =
                folder.Parent ?? throw new DirectoryNotFoundException("The repository's root is not above the tests.");
        }

        return Path.Combine(folder.FullName, "contracts", "upstream");
    }
}
