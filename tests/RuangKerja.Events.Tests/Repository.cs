namespace RuangKerja.Events.Tests;

/// <summary>The checkout the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

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
