using Microsoft.Extensions.Logging;

namespace RuangKerja.Events;

/// <summary>
/// A secret that lies in a file and may change there while the service runs: it is read anew whenever it is needed. Never
/// logged, nor is any part of it.
/// </summary>
/// <param name="key">The setting that names the file, for messages.</param>
/// <param name="path">Where the file is.</param>
/// <param name="atStart">What it held at the start; valid.</param>
/// <param name="readFile">Reads a file; throws as <see cref="File.ReadAllText(string)"/> does.</param>
/// <param name="whatIsWrong">Why a new content cannot be taken, without telling it; null when it can.</param>
public sealed partial class SecretFile(
    string key,
    string path,
    string atStart,
    Func<string, string> readFile,
    Func<string, string?> whatIsWrong
)
{
    private readonly Lock _gate = new();
    private string _good = atStart;
    private string? _trouble;

    /// <summary>What the file holds now; while that cannot be taken, what it held when it last could.</summary>
    public string Read(ILogger logger)
    {
        lock (_gate)
        {
            var (content, trouble) = Look();
            if (trouble is null && content != _good)
                Log.Changed(logger, key, path);
            _good = content ?? _good;
            if (trouble is not null && trouble != _trouble)
                Log.Kept(logger, key, path, trouble);
            _trouble = trouble;
            return _good;
        }
    }

    /// <summary>What the file holds now; null when that cannot be taken.</summary>
    /// <param name="trouble">Why it cannot: how a sentence about the file ends.</param>
    public string? TryRead(out string? trouble)
    {
        (var content, trouble) = Look();
        return content;
    }

    /// <inheritdoc />
    public override string ToString() => $"SecretFile {{ {key} = {path} }}";

    private (string? Content, string? Trouble) Look()
    {
        try
        {
            var content = readFile(path).TrimEnd('\r', '\n');
            var trouble = string.IsNullOrWhiteSpace(content) ? "is empty" : whatIsWrong(content);
            return (trouble is null ? content : null, trouble);
        }
        catch (Exception error)
            when (error is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return (
                null,
                error is FileNotFoundException or DirectoryNotFoundException ? "is not there" : "cannot be read"
            );
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 101,
            Level = LogLevel.Information,
            Message = "{Key}: the file {Path} has changed; new connections use what it holds now"
        )]
        public static partial void Changed(ILogger logger, string key, string path);

        [LoggerMessage(
            EventId = 102,
            Level = LogLevel.Warning,
            Message = "{Key}: the file {Path} {Trouble}. What it held before is used on."
        )]
        public static partial void Kept(ILogger logger, string key, string path, string trouble);
    }
}
