using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Http.Problems;

/// <summary>The body of every answer that is not a success: problem details as in RFC 9457.</summary>
public sealed record Problem
{
    /// <summary>The media type.</summary>
    public const string MediaType = "application/problem+json";

    /// <summary>What kind of trouble: one of the documented words, which stay as they are.</summary>
    public required string Type { get; init; }

    /// <summary>The kind in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What was found, of this very request.</summary>
    public string? Detail { get; init; }

    /// <summary>What to do about it.</summary>
    public string? Hint { get; init; }

    /// <summary>What is wrong, by parameter or member.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>>? Errors { get; init; }

    /// <summary>The state that the replay is in, when that is in the way.</summary>
    public ReplayState? State { get; init; }

    /// <summary>A problem of this kind.</summary>
    public static Problem Of(ProblemKind kind, string? detail = null, string? hint = null) =>
        new()
        {
            Type = kind.Type,
            Title = kind.Title,
            Status = kind.Status,
            Detail = detail,
            Hint = hint,
        };
}

/// <summary>Ends a request with a problem.</summary>
public sealed class ProblemException(Problem problem) : Exception(problem.Detail ?? problem.Title)
{
    /// <summary>What is answered.</summary>
    public Problem Problem { get; } = problem;
}
