namespace RuangKerja.Events.Api;

/// <summary>A request to the API that brought no usable answer. Its texts never hold the token or the secret.</summary>
public sealed class RuangKerjaApiException : Exception, IExplained
{
    /// <summary>Makes the failure; its message reads "operation: found. hint".</summary>
    /// <param name="kind">What the failure asks for.</param>
    /// <param name="operation">What was being done, such as "reading the feed from … to …".</param>
    /// <param name="found">What was found instead of an answer, without a full stop.</param>
    /// <param name="hint">What to do about it, in whole sentences.</param>
    /// <param name="innerException">The fault below, where there is one.</param>
    public RuangKerjaApiException(
        ApiFailureKind kind,
        string operation,
        string found,
        string hint,
        Exception? innerException = null
    )
        : base($"{operation}: {found}. {hint}", innerException)
    {
        Kind = kind;
        Operation = operation;
        Found = found;
        Hint = hint;
    }

    /// <summary>What the failure asks for.</summary>
    public ApiFailureKind Kind { get; }

    /// <summary>What was being done, with the window.</summary>
    public string Operation { get; }

    /// <summary>What was found instead of an answer.</summary>
    public string Found { get; }

    /// <inheritdoc />
    public string Reason => $"{Operation}: {Found}.";

    /// <inheritdoc />
    public string Hint { get; }

    /// <summary>The answer's HTTP status; null when there was no answer.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The body's <c>errorCode</c>; null when it had none that is a whole number.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>How long the API asks to wait: zero … 15 min; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether a narrower window could succeed: the answer was too large, or took too long.</summary>
    public bool NarrowerWindowMayHelp { get; init; }

    /// <summary>
    /// Whether the API itself, in a body of its own, refuses this very request, as it does for the roster of a course that
    /// has none. Asking again brings the same; other requests may fare well. Never so for what may pass by itself, for
    /// throttling, credentials, an answer that is not understood, or a page that is not the API's.
    /// </summary>
    public bool IsRefusal { get; init; }

    /// <summary>Whether the access token was turned down: a new one is worth one try.</summary>
    internal bool IsAuthentication { get; init; }

    /// <summary>The same failure for another caller, with a stack trace of its own.</summary>
    internal RuangKerjaApiException Again(TimeSpan? retryAfter) =>
        new(Kind, Operation, Found, Hint, InnerException)
        {
            HttpStatus = HttpStatus,
            ErrorCode = ErrorCode,
            RetryAfter = retryAfter,
            NarrowerWindowMayHelp = NarrowerWindowMayHelp,
            IsAuthentication = IsAuthentication,
            IsRefusal = IsRefusal,
        };
}
