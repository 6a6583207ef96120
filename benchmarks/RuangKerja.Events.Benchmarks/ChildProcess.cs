using System.Diagnostics;

namespace RuangKerja.Events.Benchmarks;

/// <summary>This program once more, as a process of its own. It ends when its input does.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly bool CanPin = File.Exists("/usr/bin/taskset");

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    /// <summary>Starts it.</summary>
    /// <param name="arguments">What it is to do.</param>
    /// <param name="core">The one core it may use; null for all. Where pinning is not to be had, all.</param>
    /// <param name="serverGc">Whether it has a heap for each core.</param>
    public static ChildProcess Start(IReadOnlyList<string> arguments, int? core = null, bool serverGc = false)
    {
        string[] self =
        [
            Environment.ProcessPath!,
            .. IsHost() ? [typeof(ChildProcess).Assembly.Location] : (string[])[],
        ];
        string[] pinned = core is { } one && CanPin ? ["/usr/bin/taskset", "--cpu-list", $"{one}"] : [];
        string[] line = [.. pinned, .. self, .. arguments];
        var start = new ProcessStartInfo(line[0], line.Skip(1))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_gcServer"] = serverGc ? "1" : "0";
        return new ChildProcess(Process.Start(start) ?? throw new InvalidOperationException("No process was started."));
    }

    /// <summary>Runs it to its end; returns its last line.</summary>
    public static async Task<string> RunAsync(
        IReadOnlyList<string> arguments,
        CancellationToken cancellationToken,
        int? core = null,
        bool serverGc = false
    )
    {
        await using var child = Start(arguments, core, serverGc);
        var output = await child._process.StandardOutput.ReadToEndAsync(cancellationToken);
        await child._process.WaitForExitAsync(cancellationToken);
        return child._process.ExitCode == 0
            ? output.TrimEnd().Split('\n')[^1]
            : throw new InvalidOperationException(
                $"'{arguments[0]}' ended with code {child._process.ExitCode}: {output}"
            );
    }

    /// <summary>What it writes first.</summary>
    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        await _process.StandardOutput.ReadLineAsync(cancellationToken)
        ?? throw new InvalidOperationException("The process ended without a word.");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static bool IsHost() => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
}
