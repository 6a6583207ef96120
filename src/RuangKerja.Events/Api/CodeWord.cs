using System.Text.RegularExpressions;

namespace RuangKerja.Events.Api;

/// <summary>The code words of gRPC and HTTP that the API puts into <c>message</c> and <c>detail</c>.</summary>
internal static partial class CodeWord
{
    private static readonly Dictionary<string, FailureClass> Classes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PermissionDenied"] = FailureClass.Authentication,
        ["Unauthenticated"] = FailureClass.Authentication,
        ["Unauthorized"] = FailureClass.Authentication,
        ["Forbidden"] = FailureClass.Authentication,
        ["ResourceExhausted"] = FailureClass.Throttled,
        ["TooManyRequests"] = FailureClass.Throttled,
        ["Unavailable"] = FailureClass.Transient,
        ["ServiceUnavailable"] = FailureClass.Transient,
        ["DeadlineExceeded"] = FailureClass.Transient,
        ["Aborted"] = FailureClass.Transient,
        ["Canceled"] = FailureClass.Transient,
        ["Internal"] = FailureClass.Transient,
        ["InternalServerError"] = FailureClass.Transient,
        ["Unknown"] = FailureClass.Transient,
        ["BadRequest"] = FailureClass.Refused,
        ["InvalidArgument"] = FailureClass.Refused,
        ["NotFound"] = FailureClass.Refused,
        ["AlreadyExists"] = FailureClass.Refused,
        ["FailedPrecondition"] = FailureClass.Refused,
        ["OutOfRange"] = FailureClass.Refused,
        ["Unimplemented"] = FailureClass.Broken,
        ["DataLoss"] = FailureClass.Broken,
    };

    /// <summary>
    /// The word says more than the number beside it: "BAD_REQUEST" with a gRPC code in its detail is what the detail says.
    /// So "code = …" is looked for in both texts first, then a text that is nothing but a word.
    /// </summary>
    public static (string Word, FailureClass Class)? Find(string? message, string? detail) =>
        InGrpcForm(message) ?? InGrpcForm(detail) ?? Alone(message) ?? Alone(detail);

    private static (string Word, FailureClass Class)? InGrpcForm(string? text) =>
        text is not null && GrpcForm().Match(text) is { Success: true } match ? Look(match.Groups["word"].Value) : null;

    private static (string Word, FailureClass Class)? Alone(string? text) => text is null ? null : Look(text.Trim());

    private static (string Word, FailureClass Class)? Look(string word) =>
        Classes.TryGetValue(
            word.Replace("_", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal),
            out var known
        )
            ? (word, known)
            : null;

    [GeneratedRegex(@"\bcode\s*=\s*(?<word>[A-Za-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex GrpcForm();
}
