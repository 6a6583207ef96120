namespace RuangKerja.Events.Tests;

/// <summary>The checkout the tests were built from; paths are relative to its root.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RuangKerja.Events.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException("The repository's root is not above the tests.");
    }
}
