using System.Diagnostics;
using System.Text;

namespace RuangKerja.Events.IntegrationTests.Service;

/// <summary>A built executable, the service's unless another is named, as a process of its own, with the environment variables given and none of our settings beside.</summary>
internal sealed class ServiceProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(90);
    private static readonly string[] Sections =
    [
        "RuangKerja",
        "Polling",
        "Detection",
        "Storage",
        "Relay",
        "Replay",
        "Http",
    ];

    private readonly Process _process;
    private readonly StringBuilder _out = new();
    private readonly StringBuilder _error = new();

    private ServiceProcess(string assembly, IReadOnlyDictionary<string, string> settings, string[] args)
    {
        var program = Path.Combine(AppContext.BaseDirectory, assembly);
        var start = new ProcessStartInfo("dotnet", [program, .. args])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var name in start.Environment.Keys.Where(IsASetting).ToList())
            start.Environment.Remove(name);
        foreach (var (key, value) in settings)
            start.Environment[key.Replace(":", "__")] = value;

        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Append(_out, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_error, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Its process id, under which it signs what it takes.</summary>
    public int Id => _process.Id;

    /// <summary>What it has printed so far.</summary>
    public string Out => Read(_out);

    /// <summary>What it has complained about so far.</summary>
    public string Error => Read(_error);

    public bool IsRunning => !_process.HasExited;

    public int ProcessId => _process.Id;

    /// <summary>Starts it; it goes on until it ends or is disposed of.</summary>
    public static ServiceProcess Start(IReadOnlyDictionary<string, string> settings, params string[] args) =>
        new("ruangkerja-events.dll", settings, args);

    /// <summary>Starts another of our programs, such as a sample.</summary>
    /// <param name="assembly">The path of its assembly.</param>
    public static ServiceProcess StartProgram(string assembly, IReadOnlyDictionary<string, string> settings) =>
        new(assembly, settings, []);

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int Code, string Out, string Error)> RunAsync(
        IReadOnlyDictionary<string, string> settings,
        params string[] args
    )
    {
        await using var process = Start(settings, args);
        var code = await process.WaitForExitAsync(LongestRun);
        return (code, process.Out, process.Error);
    }

    /// <summary>Its exit code, once it has ended and all it printed has been read.</summary>
    public async Task<int> WaitForExitAsync(TimeSpan deadline)
    {
        await _process.WaitForExitAsync().WaitAsync(deadline, TimeProvider.System);
        return _process.ExitCode;
    }

    /// <summary>Asks it to stop, as a supervisor does.</summary>
    public void SendTerminate() => Signals.Terminate(_process);

    /// <summary>Halts it (SIGSTOP), as a frozen machine does: its connections stay open and it does nothing.</summary>
    public void Pause() => Signals.Pause(_process);

    /// <summary>Lets it go on (SIGCONT): to itself no time has passed.</summary>
    public void Continue() => Signals.Continue(_process);

    /// <summary>Where it answers, once it says so.</summary>
    public async Task<Uri> WaitForAddressAsync()
    {
        const string Says = "Health is answered at ";
        await Wait.Until(() => Out.Contains(Says) || !IsRunning, LongestRun, "the service says where it answers");
        IsRunning.ShouldBeTrue(Error);
        return new Uri(Out.Split(Says)[1].Split('\n')[0].Trim());
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static bool IsASetting(string name) =>
        Sections.Any(section => name.StartsWith($"{section}__", StringComparison.OrdinalIgnoreCase));

    private static void Append(StringBuilder text, string? line)
    {
        lock (text)
        {
            if (line is not null)
                text.AppendLine(line);
        }
    }

    private static string Read(StringBuilder text)
    {
        lock (text)
            return text.ToString();
    }
}
