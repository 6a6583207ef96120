using System.Text.RegularExpressions;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.Service.Commands.Demo;

/// <summary>A sample subscriber as a process of its own: what it prints is shown and remembered.</summary>
internal sealed partial class DemoSample : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly HashSet<string> _events = new(StringComparer.Ordinal);
    private readonly Action<string> _show;
    private readonly CompanionProcess _process;
    private volatile bool _isListening;
    private Uri? _address;

    /// <summary>Starts it.</summary>
    /// <param name="settings">Its settings, by their names with <c>__</c> for <c>:</c>.</param>
    public DemoSample(FileInfo assembly, IReadOnlyDictionary<string, string> settings, Action<string> show)
    {
        _show = show;
        _process = CompanionProcess.Start(
            [
                Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
                    ? path
                    : "dotnet",
                assembly.FullName,
            ],
            settings,
            Take
        );
    }

    /// <summary>Whether its queue is there and bound.</summary>
    /// <exception cref="LocalServerException">It has ended.</exception>
    public bool IsListening =>
        _isListening
        || (
            _process.IsRunning
                ? false
                : throw new LocalServerException("A sample subscriber has ended while it was starting.")
        );

    /// <summary>Where it answers over HTTP; null until it has said so.</summary>
    public Uri? Address
    {
        get
        {
            lock (_gate)
                return _address;
        }
    }

    /// <summary>How many different events it has printed.</summary>
    public long Received
    {
        get
        {
            lock (_gate)
                return _events.Count;
        }
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private void Take(string line)
    {
        if (line.StartsWith("Listening", StringComparison.Ordinal))
            _isListening = true;
        lock (_gate)
        {
            if (EventId().Match(line) is { Success: true } match)
                _events.Add(match.Groups["id"].Value);
            if (PageAddress().Match(line) is { Success: true } page)
                _address = new Uri(page.Groups["address"].Value);
        }

        _show(line);
    }

    [GeneratedRegex("event (?<id>[0-9a-f-]{36})$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex EventId();

    [GeneratedRegex("(?<address>http://127\\.0\\.0\\.1:[0-9]+)$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex PageAddress();
}
