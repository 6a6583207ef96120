using System.Diagnostics;
using System.Globalization;

namespace RuangKerja.LocalServers;

/// <summary>Where the servers' programs are on this machine.</summary>
internal static class InstalledPrograms
{
    private static readonly string[] SystemFolders = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin"];

    /// <summary>The folder that holds PostgreSQL's programs, or null after naming the missing ones.</summary>
    public static string? FindPostgres(string? folder, List<string> missing) =>
        FindFolder(folder, PostgresFolders(), ["postgres", "initdb"], missing);

    /// <summary>The folder that holds RabbitMQ's programs, or null after naming the missing ones.</summary>
    public static string? FindRabbitMq(string? folder, List<string> missing) =>
        FindFolder(folder, RabbitMqFolders(), ["rabbitmq-server", "rabbitmqctl"], missing);

    /// <summary>Erlang's port mapper, or null after naming it missing.</summary>
    public static string? FindPortMapper(List<string> missing)
    {
        string[] folders =
        [
            .. PathFolders(),
            "/usr/lib/erlang/bin",
            "/usr/local/lib/erlang/bin",
            "/opt/homebrew/opt/erlang/lib/erlang/bin",
            "/usr/local/opt/erlang/lib/erlang/bin",
        ];
        return FindFolder(null, folders, ["epmd"], missing) is { } found ? Path.Combine(found, "epmd") : null;
    }

    /// <summary>A Python that has the module aiosmtpd, or null after naming what is missing.</summary>
    public static string? FindSmtp(string? folder, List<string> missing)
    {
        string[] folders = folder is null ? [.. PathFolders()] : [folder];
        var pythons = folders.Select(f => Path.Combine(f, "python3")).Where(File.Exists).ToList();
        var found = pythons.Find(HasSmtp);
        if (found is null)
            missing.Add(pythons.Count == 0 ? "python3" : "aiosmtpd");
        return found;
    }

    /// <summary>A program that every system has or lacks, such as <c>setsid</c>; null when it is lacking.</summary>
    public static string? FindOnPath(string program) =>
        PathFolders().Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Several Pythons may be installed, and the one that PATH names first need not be the system's.</summary>
    private static bool HasSmtp(string python)
    {
        using var process = Process.Start(
            new ProcessStartInfo(python, ["-c", "import aiosmtpd"])
            {
                UseShellExecute = false,
                RedirectStandardError = true,
                WorkingDirectory = "/",
            }
        )!;
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0;
    }

    private static string? FindFolder(
        string? chosen,
        IEnumerable<string> usual,
        string[] programs,
        List<string> missing
    )
    {
        string[] folders = chosen is null ? [.. usual] : [chosen];
        var found = Array.Find(folders, f => Array.TrueForAll(programs, p => File.Exists(Path.Combine(f, p))));
        if (found is null)
        {
            var absent = programs.Where(p => !Array.Exists(folders, f => File.Exists(Path.Combine(f, p)))).ToList();
            missing.AddRange(absent.Count > 0 ? absent : programs);
        }

        return found;
    }

    private static IEnumerable<string> PostgresFolders() =>
        [
            .. NewestFirst("/usr/lib/postgresql", "*", "bin"),
            .. PathFolders(),
            .. NewestFirst("/usr", "pgsql-*", "bin"),
            .. NewestFirst("/opt/homebrew/opt", "postgresql@*", "bin"),
            .. NewestFirst("/usr/local/opt", "postgresql@*", "bin"),
        ];

    private static IEnumerable<string> RabbitMqFolders() =>
        [
            "/usr/lib/rabbitmq/bin",
            .. NewestFirst("/usr/lib/rabbitmq/lib", "rabbitmq_server-*", "sbin"),
            "/opt/homebrew/opt/rabbitmq/sbin",
            "/usr/local/opt/rabbitmq/sbin",
            .. PathFolders(),
        ];

    private static IEnumerable<string> PathFolders() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(SystemFolders)
            .Distinct();

    private static IEnumerable<string> NewestFirst(string parent, string pattern, string child) =>
        Directory.Exists(parent)
            ? Directory
                .EnumerateDirectories(parent, pattern)
                .OrderByDescending(VersionOf)
                .Select(folder => Path.Combine(folder, child))
            : [];

    /// <summary>The number at the end of a folder's name: 15 in <c>postgresql@15</c>, 3.10 in <c>…-3.10.8</c>.</summary>
    private static Version VersionOf(string folder)
    {
        var digits = Path.GetFileName(folder).Split('-', '@')[^1];
        return Version.TryParse(digits, out var version) ? version
            : int.TryParse(digits, CultureInfo.InvariantCulture, out var major) ? new Version(major, 0)
            : new Version();
    }
}
