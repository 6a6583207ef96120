namespace RuangKerja.Events.Relay;

/// <summary>What kind of trouble the broker is in; decides health text and exit code.</summary>
public enum BrokerFailureKind
{
    /// <summary>Not reachable, not answering, refusing for now: passes by itself.</summary>
    Unavailable,

    /// <summary>It gave no answer in time, and no reason is known: it, or the connection, may be stuck.</summary>
    Silent,

    /// <summary>Nothing moved at all, though the broker is back or every bound is over: what publishes is stuck.</summary>
    Stuck,

    /// <summary>It refuses this one message for now, others it may take: a queue is full.</summary>
    Refused,

    /// <summary>Wrong address, credentials, rights or certificate, or an exchange of another kind under our name: needs a person.</summary>
    Configuration,
}

/// <summary>The broker did not confirm a message. The message says what was being done, what was found, what to do.</summary>
public sealed class BrokerException : Exception, IExplained
{
    internal BrokerException(BrokerFailureKind kind, string operation, string found, string hint, Exception? inner)
        : base($"{operation}: {found} {hint}", inner)
    {
        Kind = kind;
        Reason = $"{operation}: {found}";
        Hint = hint;
    }

    /// <summary>What kind of trouble.</summary>
    public BrokerFailureKind Kind { get; }

    /// <inheritdoc />
    public string Reason { get; }

    /// <inheritdoc />
    public string Hint { get; }
}
