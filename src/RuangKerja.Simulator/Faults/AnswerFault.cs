using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Faults;

/// <summary>An answer given instead of the true one. Without a <see cref="Body"/> it is a failure body in the documented form.</summary>
public sealed record AnswerFault
{
    /// <summary>How many requests it hits. 1 or more; default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Only requests for this endpoint; null, the default, for any data request (feed, catalogue, roster).</summary>
    public UpstreamEndpoint? Endpoint { get; init; }

    /// <summary>Only data requests that carry this company's token; null, the default, for any company's and none's.</summary>
    public string? Company { get; init; }

    /// <summary>The HTTP status. 200 to 599; default 500.</summary>
    public int Status { get; init; } = StatusCodes.Status500InternalServerError;

    /// <summary>The <c>errorCode</c> of the failure body; null for the HTTP status.</summary>
    public int? ErrorCode { get; init; }

    /// <summary>The <c>message</c> and <c>detail</c> of the failure body; null for the gRPC text that goes with the status.</summary>
    public string? Message { get; init; }

    /// <summary>The whole body, sent as it is; null for a failure body.</summary>
    public string? Body { get; init; }

    /// <summary>Default <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>The <c>Retry-After</c> header, sent as it is: seconds or an HTTP date. Null for none.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Whether the connection is cut without any answer; all else then counts for nothing.</summary>
    public bool Abort { get; init; }

    /// <summary>A failure body that comes with HTTP 200.</summary>
    public static AnswerFault InsideHttp200(int errorCode, string message) =>
        new()
        {
            Status = StatusCodes.Status200OK,
            ErrorCode = errorCode,
            Message = message,
        };

    /// <summary>An HTML page, such as a proxy in front of the API shows.</summary>
    public static AnswerFault Html(int status = StatusCodes.Status502BadGateway) =>
        new()
        {
            Status = status,
            Body = $"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>",
            ContentType = "text/html",
        };

    /// <summary>The member outside its range and what is allowed; null when all is well.</summary>
    internal string? WhatIsWrong =>
        Count < 1 ? $"count: {Count}, 1 or more is allowed."
        : Status is < 200 or > 599 ? $"status: {Status}, 200 to 599 is allowed."
        : null;

    internal string MessageText => Message ?? $"rpc error: code = {GrpcCode} desc = {GrpcDescription}";

    private string GrpcCode =>
        Status switch
        {
            StatusCodes.Status400BadRequest => "InvalidArgument",
            StatusCodes.Status401Unauthorized => "Unauthenticated",
            StatusCodes.Status403Forbidden => "PermissionDenied",
            StatusCodes.Status404NotFound => "NotFound",
            StatusCodes.Status429TooManyRequests => "ResourceExhausted",
            StatusCodes.Status502BadGateway or StatusCodes.Status503ServiceUnavailable => "Unavailable",
            StatusCodes.Status504GatewayTimeout => "DeadlineExceeded",
            _ => "Internal",
        };

    private string GrpcDescription => $"Simulated failure {Status}";

    internal bool Hits(UpstreamEndpoint endpoint, string? company) =>
        (Company is null || Company == company) && Hits(endpoint);

    private bool Hits(UpstreamEndpoint endpoint) =>
        Endpoint is { } only
            ? only == endpoint
            : endpoint is UpstreamEndpoint.Feed or UpstreamEndpoint.Catalogue or UpstreamEndpoint.Roster;
}
