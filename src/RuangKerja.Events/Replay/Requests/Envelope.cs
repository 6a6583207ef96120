using System.Text.Json;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>What MassTransit's envelope says beside the message, as far as an answer needs it.</summary>
/// <param name="Message">The message; the whole JSON when there is no envelope around it.</param>
/// <param name="RequestId">MassTransit's id, by which its request client knows the answer again.</param>
internal sealed record Envelope(JsonElement? Message, string? ResponseAddress, Guid? RequestId, Guid? ConversationId)
{
    /// <summary>Of a message that cannot be read.</summary>
    public static readonly Envelope None = new(null, null, null, null);

    /// <summary>Reads one, or takes the whole as the message.</summary>
    public static Envelope Read(JsonElement root)
    {
        if (!Find(root, "message", out var message) || !Find(root, "messageType", out _))
            return None with { Message = root };

        return new Envelope(
            message,
            Find(root, "responseAddress", out var address) && address.ValueKind == JsonValueKind.String
                ? address.GetString()
                : null,
            Find(root, "requestId", out var request) ? RequestMembers.Uuid(request) : null,
            Find(root, "conversationId", out var conversation) ? RequestMembers.Uuid(conversation) : null
        );
    }

    private static bool Find(JsonElement root, string name, out JsonElement value)
    {
        foreach (var member in root.EnumerateObject())
        {
            if (member.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                value = member.Value;
                return true;
            }
        }

        value = default;
        return false;
    }
}
