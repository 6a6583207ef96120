using System.Diagnostics;
using System.Text.Json;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.Events.Tests;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>The sample in Node.js: a copy of it, installed, and as a process of its own.</summary>
internal sealed class NodeSubscriber : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lazy<Task<string>> Installed = new(InstallAsync);

    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<string> _log = [];

    private NodeSubscriber(string folder, Uri broker, string queue, string pattern)
    {
        _process = new Process { StartInfo = StartInfo("node", folder, "src/main.js", pattern) };
        _process.StartInfo.Environment["RABBITMQ_URL"] = $"{broker}";
        _process.StartInfo.Environment["QUEUE"] = queue;
        _process.OutputDataReceived += (_, line) => Append(_lines, line.Data);
        _process.ErrorDataReceived += (_, line) => Append(_log, line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>What it printed of events, in order.</summary>
    public IReadOnlyList<JsonElement> Events => [.. Read(_lines).Select(line => JsonElement.Parse(line))];

    /// <summary>What it says of itself.</summary>
    public string Log => string.Join('\n', Read(_log));

    /// <summary>Passes where Node.js is; else the test is skipped, and says why. In CI, where nobody reads that, it fails.</summary>
    public static void SkipWithoutNode()
    {
        const string Absent = "node or npm is not on PATH.";
        var isThere = IsThere("node") && IsThere("npm");
        Assert.False(!isThere && Environment.GetEnvironmentVariable("CI") is { Length: > 0 }, Absent);
        Assert.SkipUnless(isThere, Absent);
    }

    /// <summary>Runs its own tests against the golden messages.</summary>
    public static async Task<(int Code, string Output)> TestAsync()
    {
        var start = StartInfo("node", await Installed.Value, "--test", "test/");
        start.Environment["CONTRACT_EXAMPLES"] = Path.Combine(Repository.Root, "contracts/examples/1.0");
        return await RunAsync(start);
    }

    /// <summary>It consumes when this returns.</summary>
    public static async Task<NodeSubscriber> StartAsync(Uri broker, string queue, string pattern)
    {
        var subscriber = new NodeSubscriber(await Installed.Value, broker, queue, pattern);
        await subscriber.WaitForLogAsync($"Consuming from {queue}, bound to {pattern}.");
        return subscriber;
    }

    public Task WaitForEventsAsync(int count) =>
        Wait.Until(() => Events.Count >= count || _process.HasExited, Patience, $"{count} events; it says: {Log}");

    public Task WaitForLogAsync(string text, int times = 1) =>
        Wait.Until(
            () => Log.Split(text).Length > times || _process.HasExited,
            Patience,
            $"the sample says '{text}' {times} times; it says: {Log}"
        );

    /// <summary>Asks it to stop as a supervisor does.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        Signals.Terminate(_process);
        await _process.WaitForExitAsync().WaitAsync(Patience, TimeProvider.System);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Once for all tests; the folder goes with the temporary files of this run.</summary>
    private static async Task<string> InstallAsync()
    {
        var source = Path.Combine(Repository.Root, "samples/node-subscriber");
        var folder = Directory.CreateTempSubdirectory("ruangkerja-node-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            var path = Path.GetRelativePath(source, file);
            if (path.StartsWith("node_modules", StringComparison.Ordinal))
                continue;
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, path))!);
            File.Copy(file, Path.Combine(folder, path));
        }

        var (code, output) = await RunAsync(StartInfo("npm", folder, "install", "--no-audit", "--no-fund"));
        code.ShouldBe(0, output);
        return folder;
    }

    private static ProcessStartInfo StartInfo(string program, string folder, params string[] args) =>
        new(program, args)
        {
            UseShellExecute = false,
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

    private static async Task<(int Code, string Output)> RunAsync(ProcessStartInfo start)
    {
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System);
        return (process.ExitCode, await output + await error);
    }

    private static bool IsThere(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator)
            .Any(folder => File.Exists(Path.Combine(folder, program)));

    private static void Append(List<string> lines, string? line)
    {
        lock (lines)
        {
            if (line is not null)
                lines.Add(line);
        }
    }

    private static string[] Read(List<string> lines)
    {
        lock (lines)
            return [.. lines];
    }
}
