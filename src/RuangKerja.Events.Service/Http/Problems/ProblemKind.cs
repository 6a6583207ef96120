namespace RuangKerja.Events.Service.Http.Problems;

/// <summary>What kind of trouble an answer tells of: its <c>type</c>, which stays as it is, its status and title.</summary>
public sealed record ProblemKind(string Name, int Status, string Title)
{
    /// <summary>Parameters or members that are not as documented; <c>errors</c> names them.</summary>
    public static readonly ProblemKind InvalidRequest = new("invalid-request", 400, "The request is not valid.");

    /// <summary>No key, or one that is not known.</summary>
    public static readonly ProblemKind Unauthenticated = new("unauthenticated", 401, "An API key is needed.");

    /// <summary>The key's role does not suffice.</summary>
    public static readonly ProblemKind Forbidden = new("forbidden", 403, "The API key may not do this.");

    /// <summary>Without keys: a name of this machine that is not its own, or a page of another site.</summary>
    public static readonly ProblemKind ForeignOrigin = new(
        "foreign-origin",
        403,
        "The request is not from this machine."
    );

    /// <summary>There is no such path.</summary>
    public static readonly ProblemKind NoSuchPath = new("no-such-path", 404, "There is nothing at this path.");

    /// <summary>There is no such replay.</summary>
    public static readonly ProblemKind NoSuchReplay = new("no-such-replay", 404, "There is no such replay.");

    /// <summary>There is no such assignment, or there was none yet.</summary>
    public static readonly ProblemKind NoSuchAssignment = new(
        "no-such-assignment",
        404,
        "There is no such assignment."
    );

    /// <summary>The state at an instant cannot be told: the events that made it cannot be read.</summary>
    public static readonly ProblemKind UnreadableState = new(
        "unreadable-state",
        404,
        "The state at this instant cannot be read."
    );

    /// <summary>The path answers to other methods; the header <c>Allow</c> names them.</summary>
    public static readonly ProblemKind MethodNotAllowed = new(
        "method-not-allowed",
        405,
        "This method is not allowed here."
    );

    /// <summary>The replay's state does not allow it; <c>state</c> names it.</summary>
    public static readonly ProblemKind ReplayState = new(
        "replay-state",
        409,
        "This cannot be done with a replay in this state."
    );

    /// <summary>The body is too large.</summary>
    public static readonly ProblemKind TooLarge = new("too-large", 413, "The request is too large.");

    /// <summary>The body is not JSON.</summary>
    public static readonly ProblemKind UnsupportedMediaType = new(
        "unsupported-media-type",
        415,
        "The body's media type is not application/json."
    );

    /// <summary>The replay is understood and not allowed or not possible; <c>errors</c> says why.</summary>
    public static readonly ProblemKind ReplayRejected = new("replay-rejected", 422, "The replay is rejected.");

    /// <summary>A fault of this program.</summary>
    public static readonly ProblemKind Unexpected = new("unexpected", 500, "The service has a fault.");

    /// <summary>PostgreSQL is away, refuses, or has another schema.</summary>
    public static readonly ProblemKind DatabaseUnavailable = new(
        "database-unavailable",
        503,
        "The database cannot be used now."
    );

    /// <summary>RabbitMQ is away or refuses.</summary>
    public static readonly ProblemKind BrokerUnavailable = new(
        "broker-unavailable",
        503,
        "The broker cannot be used now."
    );

    /// <summary>All places for streams are taken.</summary>
    public static readonly ProblemKind TooManyStreams = new("too-many-streams", 503, "There are too many streams.");

    /// <summary>The service stops.</summary>
    public static readonly ProblemKind Stopping = new("stopping", 503, "The service stops.");

    /// <summary>Every kind.</summary>
    public static readonly IReadOnlyList<ProblemKind> All =
    [
        InvalidRequest,
        Unauthenticated,
        Forbidden,
        ForeignOrigin,
        NoSuchPath,
        NoSuchReplay,
        NoSuchAssignment,
        UnreadableState,
        MethodNotAllowed,
        ReplayState,
        TooLarge,
        UnsupportedMediaType,
        ReplayRejected,
        Unexpected,
        DatabaseUnavailable,
        BrokerUnavailable,
        TooManyStreams,
        Stopping,
    ];

    /// <summary>The member <c>type</c> of its answers.</summary>
    public string Type => $"urn:ruangkerja-events:problem:{Name}";

    /// <summary>What an answer without a body means that the framework gave.</summary>
    public static ProblemKind OfStatus(int status) =>
        status switch
        {
            401 => Unauthenticated,
            403 => Forbidden,
            404 => NoSuchPath,
            405 => MethodNotAllowed,
            413 => TooLarge,
            415 => UnsupportedMediaType,
            < 500 => InvalidRequest,
            _ => Unexpected,
        };
}
