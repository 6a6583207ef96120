using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace RuangKerja.Events.IntegrationTests.Sweeps;

/// <summary>The rosters one instance has read, as its log tells.</summary>
internal sealed class SweptCourses : ILoggerProvider, ILogger
{
    private const int Swept = 234;

    private readonly ConcurrentQueue<string> _lines = new();

    public int Count => _lines.Count;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (eventId.Id == Swept)
            _lines.Enqueue(formatter(state, exception));
    }

    public void Dispose() { }
}
