using System.Text.Json;

namespace RuangKerja.Simulator.Upstream;

/// <summary>What the upstream says to one request.</summary>
internal abstract record Answer
{
    private Answer() { }

    /// <summary>A row that is sent as it is, JSON or not.</summary>
    public static Action<Utf8JsonWriter> Raw(string fragment) =>
        json => json.WriteRawValue(fragment, skipInputValidation: true);

    /// <summary>Success: <c>data</c> is one object, its members written by <paramref name="Members"/>.</summary>
    public sealed record One(Action<Utf8JsonWriter> Members) : Answer;

    /// <summary>Success: <c>data</c> has <c>items</c>, and in front of them the page numbers when it is paged.</summary>
    public sealed record Items(PageNumbers? Page, IEnumerable<Action<Utf8JsonWriter>> Rows) : Answer;

    /// <summary>Failure in the documented form.</summary>
    public sealed record Failure(int HttpStatus, int ErrorCode, string Message, string Detail) : Answer
    {
        /// <summary>The <c>Retry-After</c> header; null for none.</summary>
        public string? RetryAfter { get; init; }

        public const string TokenRefused = "rpc error: code = PermissionDenied desc = Token is not valid";

        /// <summary>The documented answer to wrong credentials, to the letter.</summary>
        public static Failure WrongCredentials { get; } = BadRequest("Credentials does not match in our records");

        /// <summary>The documented answer to a token that is missing, unknown or past its life, to the letter.</summary>
        public static Failure BadToken { get; } = new(StatusCodes.Status403Forbidden, 123, TokenRefused, TokenRefused);

        public static Failure BadRequest(string detail) =>
            new(StatusCodes.Status400BadRequest, 400, "BAD_REQUEST", detail);

        public static Failure NotFound(string what) => Rpc(StatusCodes.Status404NotFound, "NotFound", what);

        public static Failure TooManyRequests(int perSecond) =>
            Rpc(
                StatusCodes.Status429TooManyRequests,
                "ResourceExhausted",
                $"More than {perSecond} requests in this second"
            );

        /// <summary>In the words in which Go's gRPC refuses a message that outgrew its limit.</summary>
        public static Failure TooLarge(int rows, int most) =>
            Rpc(
                StatusCodes.Status413PayloadTooLarge,
                "ResourceExhausted",
                $"grpc: received message larger than max ({rows} vs. {most})"
            );

        private static Failure Rpc(int status, string code, string what)
        {
            var message = $"rpc error: code = {code} desc = {what}";
            return new(status, status, message, message);
        }
    }
}

/// <summary>The head of a paged answer.</summary>
internal sealed record PageNumbers(int CurrentPage, int TotalItems, int TotalPage);
