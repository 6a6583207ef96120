namespace RuangKerja.Events.Errors;

/// <summary>Which messages of an error queue are meant. Pure.</summary>
public sealed record FaultChoice
{
    /// <summary>A part of the exception's type or message, or of its head as it is listed; letter case does not count. Null for any.</summary>
    public string? Exception { get; init; }

    /// <summary>The event's id, or the message's. Null for any.</summary>
    public Guid? EventId { get; init; }

    /// <summary>Whether every message is meant.</summary>
    public bool IsAny => Exception is null && EventId is null;

    /// <summary>Whether a message is meant.</summary>
    public bool Includes(FaultedMessage message) => IsOfEvent(message) && HasException(message);

    private bool IsOfEvent(FaultedMessage message) =>
        EventId is not { } id || IsId(message.EventId, id) || IsId(message.MessageId, id);

    private bool HasException(FaultedMessage message) =>
        Exception is null
        || Contains(message.ExceptionType)
        || Contains(message.ExceptionMessage)
        || Contains(FaultText.Head(message.ExceptionMessage));

    private bool Contains(string? text) => text?.Contains(Exception!, StringComparison.OrdinalIgnoreCase) is true;

    private static bool IsId(string? text, Guid id) => Guid.TryParse(text, out var found) && found == id;
}
