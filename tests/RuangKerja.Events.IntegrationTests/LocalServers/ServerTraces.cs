using System.Globalization;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.LocalServers;

/// <summary>What a server has left on this machine.</summary>
internal static class ServerTraces
{
    /// <summary>
    /// The processes of the server in that folder: each either works in the folder or has its name on its command line.
    /// Processes that have ended and only wait to be reaped have neither.
    /// </summary>
    public static int[] ProcessesOf(string folder) =>
        [
            .. Directory
                .EnumerateDirectories("/proc")
                .Where(process => IsIn(process, folder))
                .Select(process => Path.GetFileName(process))
                .Where(name => int.TryParse(name, out _))
                .Select(name => int.Parse(name, CultureInfo.InvariantCulture)),
        ];

    /// <summary>Whether nothing of the server is left.</summary>
    public static bool AreGone(string folder) => !Directory.Exists(folder) && ProcessesOf(folder).Length == 0;

    /// <inheritdoc cref="ProcessesOf(string)"/>
    public static int[] ProcessesOf(LocalServer server) => ProcessesOf(server.Folder);

    private static bool IsIn(string process, string folder)
    {
        try
        {
            return File.ReadAllText($"{process}/cmdline").Contains(Path.GetFileName(folder), StringComparison.Ordinal)
                || new FileInfo($"{process}/cwd").LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
