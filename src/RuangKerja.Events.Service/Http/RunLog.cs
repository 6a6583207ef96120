using System.Reflection;

namespace RuangKerja.Events.Service.Http;

/// <summary>Logs the ends of the service's life: a log without the last line tells of a process that was killed.</summary>
internal static partial class RunLog
{
    private static readonly string Version =
        typeof(RunLog).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion
        ?? "unknown";

    public static void Starting(ILogger logger) => Starting(logger, Version);

    [LoggerMessage(EventId = 508, Level = LogLevel.Information, Message = "Stopping, as asked")]
    public static partial void Stopping(ILogger logger);

    [LoggerMessage(EventId = 509, Level = LogLevel.Information, Message = "Stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(
        EventId = 512,
        Level = LogLevel.Critical,
        Message = "A part of the service has ended by a fault; the process ends, for its supervisor to start a whole one"
    )]
    public static partial void Faulted(ILogger logger, Exception fault);

    [LoggerMessage(EventId = 507, Level = LogLevel.Information, Message = "ruangkerja-events {Version} starts")]
    private static partial void Starting(ILogger logger, string version);
}
