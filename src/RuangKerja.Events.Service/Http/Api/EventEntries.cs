using RuangKerja.Events.Courses;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.History;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary>A stored event that cannot be read: it is told in its place rather than left out.</summary>
public sealed record UnreadableEvent
{
    /// <summary>The identity of the change.</summary>
    public required Guid EventId { get; init; }

    /// <summary>The store's position.</summary>
    public required long Sequence { get; init; }

    /// <summary>The company.</summary>
    public required string Company { get; init; }

    /// <summary>The assignment that changed.</summary>
    public required string AssignmentId { get; init; }

    /// <summary>1, 2, 3 … per assignment.</summary>
    public required long Version { get; init; }

    /// <summary>Why it cannot be read.</summary>
    public required string Unreadable { get; init; }
}

/// <summary>Makes of stored events what the API shows. Pure.</summary>
internal static class EventEntries
{
    /// <summary>The word for one in the place of a kind.</summary>
    public const string Unreadable = "unreadable";

    /// <summary>The message, as it is on the wire; or what there is to say of an event that cannot be read.</summary>
    public static object Entry(StoredEvent stored) => Message(stored) ?? (object)Unread(stored);

    /// <summary>The message; null when the event cannot be read.</summary>
    public static Contract.CourseStatusChanged? Message(StoredEvent stored) =>
        stored.Change is { } change ? Messages.From(stored.Company, Pending(stored, change), change) : null;

    /// <summary>What happened, in one word.</summary>
    public static string Kind(object entry) =>
        entry is Contract.CourseStatusChanged message ? message.Kind : Unreadable;

    private static PendingEvent Pending(StoredEvent stored, CourseStatusChanged change) =>
        new(stored.Sequence, stored.EventId, stored.AssignmentId, stored.Version, change);

    private static UnreadableEvent Unread(StoredEvent stored) =>
        new()
        {
            EventId = stored.EventId,
            Sequence = stored.Sequence,
            Company = stored.Company.Name,
            AssignmentId = stored.AssignmentId.Value,
            Version = stored.Version,
            Unreadable = stored.Unreadable ?? "It cannot be read.",
        };
}
