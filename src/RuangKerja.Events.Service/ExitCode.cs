namespace RuangKerja.Events.Service;

/// <summary>What the process says to its caller when it ends. Numbers are only ever added.</summary>
public enum ExitCode
{
    /// <summary>Done; or stopped when asked to, for what runs until then.</summary>
    Ok = 0,

    /// <summary>A fault of this program.</summary>
    Unexpected = 1,

    /// <summary>The configuration is invalid, or the command line is wrong.</summary>
    Configuration = 2,

    /// <summary>The API refuses the credentials, or is not at the configured address.</summary>
    ApiConfiguration = 3,

    /// <summary>The API cannot be used now: not reachable, failing, or asking for fewer requests.</summary>
    ApiUnavailable = 4,

    /// <summary>The API does not answer as documented; or too many of its rows cannot be accepted, and the watermark stands still.</summary>
    ApiContract = 5,

    /// <summary>The database cannot be used now.</summary>
    DatabaseUnavailable = 6,

    /// <summary>The database refuses the user, the password or the user's rights, or is not there.</summary>
    DatabaseConfiguration = 7,

    /// <summary>The database schema is missing, of another version, or differs from what it should be.</summary>
    DatabaseSchema = 8,

    /// <summary>The broker cannot be used.</summary>
    Broker = 9,

    /// <summary>The running service answers that it is not ready.</summary>
    NotReady = 10,

    /// <summary>No running service answers.</summary>
    NotReachable = 11,

    /// <summary>Interrupted before the end.</summary>
    Interrupted = 130,
}
