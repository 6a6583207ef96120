using System.Text.Json;

namespace RuangKerja.Simulator.Upstream;

/// <summary>What the upstream says to one request.</summary>
internal abstract record Answer
{
    private Answer() { }

    /// <summary>Success: <c>data</c> is one object, its members written by <paramref name="Members"/>.</summary>
    public sealed record One(Action<Utf8JsonWriter> Members) : Answer;

    /// <summary>Success: <c>data</c> has <c>items</c>, and in front of them the page numbers when it is paged.</summary>
    public sealed record Items(PageNumbers? Page, IEnumerable<Action<Utf8JsonWriter>> Rows) : Answer;

    /// <summary>Failure in the documented form.</summary>
    public sealed record Failure(int HttpStatus, int ErrorCode, string Message, string Detail) : Answer
    {
        public const string TokenRefused = "rpc error: code = PermissionDenied desc = Token is not valid";

        /// <summary>The documented answer to wrong credentials, to the letter.</summary>
        public static Failure WrongCredentials { get; } = BadRequest("Credentials does not match in our records");

        /// <summary>The documented answer to a token that is missing, unknown or past its life, to the letter.</summary>
        public static Failure BadToken { get; } = new(StatusCodes.Status403Forbidden, 123, TokenRefused, TokenRefused);

        public static Failure BadRequest(string detail) =>
            new(StatusCodes.Status400BadRequest, 400, "BAD_REQUEST", detail);

        public static Failure NotFound(string what)
        {
            var message = $"rpc error: code = NotFound desc = {what}";
            return new(StatusCodes.Status404NotFound, 404, message, message);
        }
    }
}

/// <summary>The head of a paged answer.</summary>
internal sealed record PageNumbers(int CurrentPage, int TotalItems, int TotalPage);
