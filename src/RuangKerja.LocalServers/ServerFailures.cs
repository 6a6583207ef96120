namespace RuangKerja.LocalServers;

/// <summary>A local server, or a program that speaks to it, did not do what was asked.</summary>
public class LocalServerException(string message, Exception? innerException = null)
    : Exception(message, innerException);

/// <summary>Programs of a server are not installed on this machine; the message says what to install.</summary>
public sealed class ServerProgramsMissingException(IReadOnlyList<string> programs)
    : LocalServerException(
        $"Not found on this machine: {string.Join(", ", programs)}. "
            + "On Debian or Ubuntu: apt-get install postgresql rabbitmq-server python3-aiosmtpd. "
            + "Elsewhere: install PostgreSQL (15 or later, with initdb), RabbitMQ (3.10 or later, with Erlang) "
            + "and Python 3 with aiosmtpd, and put their programs on PATH, or name their folders in the options."
    )
{
    /// <summary>The missing programs by name, such as <c>initdb</c>.</summary>
    public IReadOnlyList<string> Programs { get; } = programs;
}

/// <summary>A server ended, or did not answer in time, while it was being started.</summary>
public sealed class ServerStartException(string message, string logEnd)
    : LocalServerException($"{message} The end of its log:{Environment.NewLine}{logEnd}")
{
    /// <summary>The last lines the server wrote.</summary>
    public string LogEnd { get; } = logEnd;

    /// <summary>Whether another process had taken one of the chosen ports.</summary>
    internal bool PortWasTaken =>
        LogEnd.Contains("eaddrinuse", StringComparison.OrdinalIgnoreCase)
        || LogEnd.Contains("already in use", StringComparison.OrdinalIgnoreCase)
        || LogEnd.Contains("already a epmd running", StringComparison.OrdinalIgnoreCase);
}
