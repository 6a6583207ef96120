namespace RuangKerja.Events.Api;

internal static partial class ApiFailures
{
    private static string Found(ApiOperation operation, ApiAnswer answer, ErrorBody error, ForeignText foreign)
    {
        var found = $"HTTP {answer.HttpStatus}";
        if (answer.IsRedirect)
        {
            return $"{found}, a redirect to {(answer.Location is { } location ? foreign.Quote(location) : "nowhere")}";
        }

        if (error.Message is null && error.Detail is null)
        {
            return error.Code is { } bare
                ? $"{found}, errorCode {bare}"
                : $"{found}{Quoted(operation, answer, foreign)}";
        }

        if (error.Code is { } code)
        {
            found += $", errorCode {code}";
        }

        if (error.Message is { } message)
        {
            found += $", message \"{foreign.Quote(message)}\"";
        }

        if (error.Detail is { } detail && detail != error.Message)
        {
            found += $", detail \"{foreign.Quote(detail)}\"";
        }

        return found;
    }

    /// <summary>
    /// The beginning of a body that is not the API's own. What could hold employees or a token we do not know yet is
    /// not quoted: JSON of a successful answer, and any successful answer to the question for a token.
    /// </summary>
    private static string Quoted(ApiOperation operation, ApiAnswer answer, ForeignText foreign)
    {
        if (answer.Head.IsEmpty)
        {
            return "";
        }

        var length = $"{answer.Length} bytes{(answer.IsWhole ? "" : " and more")}";
        var about = $" ({answer.MediaType ?? "no media type"}, {length})";
        if (answer.IsSuccess && (operation.AsksForToken || BeginsLikeJson(answer.Head.Span)))
        {
            return about;
        }

        return $"{about}: \"{foreign.Quote(answer.Head)}\"";
    }

    private static bool BeginsLikeJson(ReadOnlySpan<byte> body) =>
        body.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    private static class Hints
    {
        public const string Transient =
            "It may pass by itself: ask again; if it lasts, check the network path to the API and the API's own state.";

        public const string Throttled =
            "Wait, then ask again; if it goes on, ask more slowly (Polling:RequestsPerSecond) or less often (Polling:Feed:Interval).";

        public const string OwnTime =
            "If nothing but the number of requests holds it up, raise Polling:RequestsPerSecond; else as for any outage: "
            + Transient;

        public const string Credentials =
            "Check the company's ClientId and ClientSecret, and that they may read the dashboard.";

        public const string Tls = "Check BaseUrl, this machine's trusted certificates and its clock.";

        public const string Proxy = "Check the user name and password of the HTTP proxy.";

        public const string Address = "Check BaseUrl: what answers there is not the documented API.";

        public const string Narrower = "Ask for a narrower window.";

        public const string Refused =
            "Asking again brings the same: what was asked for is not there, or the API wants it asked for in another way.";

        public const string Serial = "Correct the course's serial in Ruangkerja.";

        public const string Contract =
            "The API does not answer as documented: compare with contracts/upstream, and check BaseUrl.";
    }
}
