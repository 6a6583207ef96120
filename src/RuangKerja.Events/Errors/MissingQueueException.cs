namespace RuangKerja.Events.Errors;

/// <summary>A queue that is needed is not there. The message says which, and what to do.</summary>
public sealed class MissingQueueException : Exception, IExplained
{
    internal MissingQueueException(string reason, string hint)
        : base($"{reason} {hint}") => (Reason, Hint) = (reason, hint);

    /// <inheritdoc />
    public string Reason { get; }

    /// <inheritdoc />
    public string Hint { get; }
}
