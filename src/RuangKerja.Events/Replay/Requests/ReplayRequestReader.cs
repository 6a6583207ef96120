using System.Text.Json;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>
/// Reads a request from the bytes of a message: a MassTransit envelope, or the bare JSON of <c>RequestReplay</c>. Whatever
/// comes, it is read or its faults are named; nothing is thrown. Pure.
/// </summary>
internal static class ReplayRequestReader
{
    /// <summary>An answer names so many faults at most.</summary>
    public const int MostFaults = 100;

    /// <summary>A message is read up to so many bytes: far more than 100,000 held versions and ids take.</summary>
    public const int LargestBody = 16 * 1024 * 1024;

    private const string WordForm = "one of the known words";

    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 32 };

    /// <summary>Reads one.</summary>
    /// <param name="body">The message's body.</param>
    /// <param name="replyTo">The message's own <c>reply_to</c> and <c>correlation_id</c>.</param>
    /// <param name="virtualHost">Ours: an address in another one is none.</param>
    public static ReplayQuestion Read(ReadOnlyMemory<byte> body, AmqpReply replyTo, string virtualHost)
    {
        if (body.Length > LargestBody)
            return Unreadable($"it has {body.Length} bytes, and {LargestBody} are allowed", replyTo, virtualHost);

        try
        {
            using var document = JsonDocument.Parse(body, Lenient);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement, replyTo, virtualHost)
                : Unreadable("it is no JSON object", replyTo, virtualHost);
        }
        catch (JsonException error)
        {
            return Unreadable($"it is no JSON ({error.Message.Split(". ")[0].TrimEnd('.')})", replyTo, virtualHost);
        }
        // Half a surrogate pair, written as an escape, is found only when the text is asked for.
        catch (InvalidOperationException error)
        {
            return Unreadable($"it holds a text that is none ({error.Message.TrimEnd('.')})", replyTo, virtualHost);
        }
    }

    private static ReplayQuestion Read(JsonElement root, AmqpReply replyTo, string virtualHost)
    {
        var envelope = Envelope.Read(root);
        var reply = ReplyAddress.Of(envelope, replyTo, virtualHost);
        if (envelope.Message is not { ValueKind: JsonValueKind.Object } message)
            return new ReplayQuestion(
                null,
                null,
                [new ReplayFault("", "The envelope holds no message that is an object.")],
                reply
            );

        var members = new RequestMembers(message);
        var requestId = members.RequiredId("requestId");
        var request = new ReplayRequest
        {
            RequestId = requestId,
            Destination = members.RequiredText("queue"),
            RequestedBy = members.RequiredText("requestedBy"),
            Rate = members.SmallNumber("rate"),
            Door = ReplayDoor.Bus,
            ReplyTo = reply?.ToUri(),
            Filter = ReadFilter(members),
        };
        members.RefuseUnknown();
        return new ReplayQuestion(request, requestId, members.Faults, reply);
    }

    private static EventFilter ReadFilter(RequestMembers members)
    {
        var assignment = members.Text("assignmentId");
        return new EventFilter
        {
            Companies = members.List("companies", CompanyOf, "a company's name"),
            RecordedFrom = members.Instant("recordedFrom"),
            RecordedBefore = members.Instant("recordedBefore"),
            OccurredFrom = members.Instant("occurredFrom"),
            OccurredBefore = members.Instant("occurredBefore"),
            FirstSequence = members.Number("firstSequence"),
            LastSequence = members.Number("lastSequence"),
            EmployeeId = members.Text("employeeId"),
            CourseName = members.Text("courseName"),
            CourseSerial = members.Text("courseSerial"),
            AssignmentId = assignment is null ? null : new AssignmentId(assignment),
            Statuses = members.List("statuses", StatusOf, $"{WordForm}: {CourseStatusWords.All}"),
            Kinds = members.List("kinds", KindOf, $"{WordForm}: {ChangeKindWords.All}"),
            Baseline = members.Flag("includeBaseline"),
            Held = ReadHeld(members),
        };
    }

    private static HeldEvents? ReadHeld(RequestMembers members)
    {
        var versions = members.Numbers("heldVersions");
        var ids = members.List("heldEventIds", RequestMembers.Uuid, "a UUID");
        return versions.Count + ids.Count == 0
            ? null
            : new HeldEvents
            {
                Versions = versions.ToDictionary(entry => new AssignmentId(entry.Key), entry => entry.Value),
                EventIds = ids,
            };
    }

    private static ReplayQuestion Unreadable(string found, AmqpReply replyTo, string virtualHost) =>
        new(
            null,
            null,
            [
                new ReplayFault(
                    "",
                    $"The message cannot be read: {found}. Send RequestReplay in MassTransit's envelope, or its bare JSON."
                ),
            ],
            ReplyAddress.Of(Envelope.None, replyTo, virtualHost)
        );

    private static Company? CompanyOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && Company.TryCreate(value.GetString(), out var company)
            ? company
            : null;

    private static CourseStatus? StatusOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && CourseStatusWords.TryParse(value.GetString(), out var status)
            ? status
            : null;

    private static ChangeKind? KindOf(JsonElement value) =>
        value.ValueKind == JsonValueKind.String && ChangeKindWords.TryParse(value.GetString(), out var kind)
            ? kind
            : null;
}

/// <summary>What came by the door.</summary>
/// <param name="Request">Null when nothing of it can be read.</param>
/// <param name="RequestId">The requester's own id, as far as it can be read.</param>
/// <param name="Faults">What is wrong with its form; empty when it can be brought to the desk.</param>
/// <param name="Reply">Where to answer; null when it names no place.</param>
internal sealed record ReplayQuestion(
    ReplayRequest? Request,
    Guid? RequestId,
    IReadOnlyList<ReplayFault> Faults,
    ReplyAddress? Reply
);
