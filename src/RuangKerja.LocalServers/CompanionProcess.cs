using System.Diagnostics;

namespace RuangKerja.LocalServers;

/// <summary>
/// A program that runs beside this process and never outlives it: it is asked to stop (SIGTERM) when this is disposed and
/// when this process ends in whatever way. Ctrl-C reaches this process only.
/// </summary>
public sealed class CompanionProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(15);

    private readonly Process _shell;
    private readonly TimeProvider _time;
    private readonly Task _reading;

    private CompanionProcess(Process shell, Action<string> onLine, TimeProvider time)
    {
        _shell = shell;
        _time = time;
        _reading = ReadAsync(onLine);
    }

    /// <summary>Whether the program still runs.</summary>
    public bool IsRunning => !_shell.HasExited;

    /// <summary>Starts a program; its standard output arrives line by line, its standard error is this process's.</summary>
    /// <param name="command">The program, by path or by name, and its arguments.</param>
    /// <param name="environment">Variables it gets beside this process's own.</param>
    /// <param name="onLine">Called with each line, one at a time.</param>
    /// <param name="time">Bounds the stop. Null for the system's.</param>
    public static CompanionProcess Start(
        IReadOnlyList<string> command,
        IReadOnlyDictionary<string, string> environment,
        Action<string> onLine,
        TimeProvider? time = null
    )
    {
        string[] shell = ["sh", "-c", Supervisor.Script("companion.sh"), "companion", .. command];
        string[] whole = InstalledPrograms.FindOnPath("setsid") is { } setsid ? [setsid, .. shell] : shell;
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return new CompanionProcess(Process.Start(start)!, onLine, time ?? TimeProvider.System);
    }

    /// <summary>Asks the program to stop and waits for its last line, for 15 s at most; then kills it.</summary>
    public async ValueTask DisposeAsync()
    {
        _shell.StandardInput.Close();
        try
        {
            await _shell.WaitForExitAsync().WaitAsync(StopTimeout, _time);
            await _reading.WaitAsync(StopTimeout, _time);
        }
        catch (TimeoutException)
        {
            _shell.Kill(entireProcessTree: true);
        }
        finally
        {
            _shell.Dispose();
        }
    }

    private async Task ReadAsync(Action<string> onLine)
    {
        while (await _shell.StandardOutput.ReadLineAsync() is { } line)
            onLine(line);
    }
}
