using RuangKerja.Events.Service.Commands;

namespace RuangKerja.Events.Tests.Deploy;

/// <summary>The files of this repository, for tests of what they say of each other.</summary>
internal static class Repository
{
    /// <summary>Where it begins.</summary>
    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) =>
        File.Exists(Path.Combine(Root, path)) || Directory.Exists(Path.Combine(Root, path));

    /// <summary>What is wrong with the arguments of the executable; nothing when they can be run.</summary>
    public static IEnumerable<string> UsageFaults(IEnumerable<string> args)
    {
        var context = new CommandContext { Out = TextWriter.Null, Error = TextWriter.Null };
        return Events.Service.Program.CommandTree(context).Parse([.. args]).Errors.Select(error => error.Message);
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "RuangKerja.Events.sln")))
            folder = folder.Parent!;
        return folder.FullName;
    }
}
