using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>The sample subscriber as a process of its own: what it prints is shown, and its events are counted.</summary>
internal sealed partial class DemoSubscriber : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte> _events = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _listening = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Action<string> _show;
    private readonly CompanionProcess _process;

    public DemoSubscriber(FileInfo assembly, Uri broker, Action<string> show)
    {
        _show = show;
        _process = CompanionProcess.Start(
            [
                Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
                    ? path
                    : "dotnet",
                assembly.FullName,
            ],
            new Dictionary<string, string> { ["RABBITMQ_URI"] = broker.AbsoluteUri },
            Take
        );
    }

    /// <summary>Done once its queue is there and bound.</summary>
    public Task Listening => _listening.Task;

    /// <summary>How many different events it has printed.</summary>
    public long Received => _events.Count;

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private void Take(string line)
    {
        if (line.StartsWith("Listening", StringComparison.Ordinal))
            _listening.TrySetResult();
        if (EventId().Match(line) is { Success: true } match)
            _events.TryAdd(match.Groups["id"].Value, 0);
        _show(line);
    }

    [GeneratedRegex("event (?<id>[0-9a-f-]{36})$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EventId();
}
