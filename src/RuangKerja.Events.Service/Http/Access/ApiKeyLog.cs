namespace RuangKerja.Events.Service.Http.Access;

/// <summary>Tells what becomes of the keys while the service runs.</summary>
internal static partial class ApiKeyLog
{
    [LoggerMessage(
        EventId = 522,
        Level = LogLevel.Information,
        Message = "The API key {Name} has changed; what it was before is refused"
    )]
    public static partial void Changed(ILogger logger, string name);

    [LoggerMessage(
        EventId = 523,
        Level = LogLevel.Warning,
        Message = "The API key {Name} is no more, until its file holds one: the file {Trouble}"
    )]
    public static partial void Gone(ILogger logger, string name, string? trouble);

    [LoggerMessage(
        EventId = 524,
        Level = LogLevel.Warning,
        Message = "These API keys have the same secret, so none of them is let in: {Names}. Give each a secret of its own."
    )]
    public static partial void Shared(ILogger logger, string names);
}
