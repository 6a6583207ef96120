using System.Text.Json;

namespace RuangKerja.Events.Errors;

/// <summary>A message in an error queue, and what it failed with. What it does not hold is null.</summary>
public sealed record FaultedMessage
{
    /// <summary>The message's id, which a redrive keeps.</summary>
    public string? MessageId { get; init; }

    /// <summary>The event's id.</summary>
    public string? EventId { get; init; }

    /// <summary>The company that the event is of.</summary>
    public string? Company { get; init; }

    /// <summary>The names of its types, the most exact one first, without their namespace.</summary>
    public required IReadOnlyList<string> MessageTypes { get; init; }

    /// <summary>The innermost exception's type.</summary>
    public string? ExceptionType { get; init; }

    /// <summary>The innermost exception's message; of a dead-lettered message the broker's reason, such as <c>delivery_limit</c>.</summary>
    public string? ExceptionMessage { get; init; }

    /// <summary>When the last attempt failed, by the subscriber's clock.</summary>
    public DateTimeOffset? FaultedAt { get; init; }

    /// <summary>The consumer that failed.</summary>
    public string? ConsumerType { get; init; }

    /// <summary>The endpoint that it failed in.</summary>
    public string? InputAddress { get; init; }

    /// <summary>How many retries were made.</summary>
    public string? Retries { get; init; }

    /// <summary>Where the exception was thrown.</summary>
    public string? StackTrace { get; init; }

    /// <summary>Its headers without those of its failing: those it was published with, and <c>ruangkerja-given-up</c>.</summary>
    public required IReadOnlyDictionary<string, string?> Headers { get; init; }

    /// <summary>The message in its envelope; the whole body where there is no envelope.</summary>
    public JsonElement? Message { get; init; }

    /// <summary>The body as text, where it is not JSON.</summary>
    public string? Text { get; init; }
}
