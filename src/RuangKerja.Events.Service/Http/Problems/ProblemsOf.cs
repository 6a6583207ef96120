using System.Text.Json;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Service.Http.Problems;

/// <summary>Says an exception as a problem. Pure; what is our own fault shows nothing of the inside.</summary>
internal static class ProblemsOf
{
    private const string ReportIt = "Look at the service's log, and please report it.";

    public static Problem Exception(Exception error) =>
        error switch
        {
            ProblemException told => told.Problem,
            StorageException { Kind: StorageFailureKind.Refused } => Problem.Of(ProblemKind.Unexpected, hint: ReportIt),
            StorageException storage => Problem.Of(ProblemKind.DatabaseUnavailable, storage.Reason, storage.Hint),
            BrokerException broker => Problem.Of(ProblemKind.BrokerUnavailable, broker.Reason, broker.Hint),
            BadHttpRequestException bad => Problem.Of(ProblemKind.OfStatus(bad.StatusCode), bad.Message),
            JsonException json => Json(json),
            _ => Problem.Of(ProblemKind.Unexpected, hint: ReportIt),
        };

    public static ProblemException Invalid(string name, string message) =>
        Invalid(new Dictionary<string, IReadOnlyList<string>> { [name] = [message] });

    public static ProblemException Invalid(IReadOnlyDictionary<string, IReadOnlyList<string>> errors) =>
        new(
            Problem.Of(ProblemKind.InvalidRequest, string.Join(' ', errors.SelectMany(pair => pair.Value))) with
            {
                Errors = errors,
            }
        );

    /// <summary>Names the member; the reader's own text names types of this program.</summary>
    private static Problem Json(JsonException error)
    {
        var member =
            error.Path is { Length: > 2 } path && path.StartsWith("$.", StringComparison.Ordinal) ? path[2..] : "";
        var place = error.LineNumber is { } line ? $" (line {line + 1}, byte {error.BytePositionInLine + 1})" : "";
        return member.Length == 0
            ? Problem.Of(ProblemKind.InvalidRequest, $"The body is not JSON of the documented form{place}.")
            : Invalid(member, $"'{member}' is not as documented, or no member that is known{place}.").Problem;
    }
}
