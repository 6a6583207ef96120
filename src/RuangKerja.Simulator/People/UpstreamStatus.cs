using System.Text.Json;
using System.Text.Json.Serialization;

namespace RuangKerja.Simulator.People;

/// <summary>A course status as the upstream API knows it. In JSON: the lower_snake_case word.</summary>
[JsonConverter(typeof(UpstreamStatusConverter))]
public enum UpstreamStatus
{
    /// <summary><c>not_started</c></summary>
    NotStarted,

    /// <summary><c>in_progress</c></summary>
    InProgress,

    /// <summary><c>completed</c></summary>
    Completed,

    /// <summary><c>failed</c></summary>
    Failed,

    /// <summary><c>expired</c></summary>
    Expired,
}

/// <summary>The words of the wire.</summary>
public static class UpstreamStatusWords
{
    /// <summary>The status as the API writes it, such as <c>in_progress</c>.</summary>
    public static string Word(this UpstreamStatus status) =>
        status switch
        {
            UpstreamStatus.NotStarted => "not_started",
            UpstreamStatus.InProgress => "in_progress",
            UpstreamStatus.Completed => "completed",
            UpstreamStatus.Failed => "failed",
            UpstreamStatus.Expired => "expired",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "not a status"),
        };
}

internal sealed class UpstreamStatusConverter()
    : JsonStringEnumConverter<UpstreamStatus>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
