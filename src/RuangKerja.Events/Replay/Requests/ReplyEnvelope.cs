using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Serialization;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>An answer as bytes.</summary>
/// <param name="MessageType">The contract's urn.</param>
internal sealed record ReplyBody(Guid MessageId, string MessageType, byte[] Json);

/// <summary>Writes answers in MassTransit's envelope, so that its request client and its consumers know them. Pure.</summary>
internal static class ReplyEnvelope
{
    /// <summary>How the envelope is announced.</summary>
    public const string ContentType = "application/vnd.masstransit+json";

    private static readonly JsonSerializerOptions Options = new(SystemTextJsonMessageSerializer.Options)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>Writes one.</summary>
    public static ReplyBody Write<T>(T answer, ReplyAddress to, DateTimeOffset now)
        where T : class
    {
        var id = NewId.NextGuid();
        var type = MessageUrn.ForTypeString<T>();
        var envelope = new
        {
            messageId = id,
            requestId = to.RequestId,
            conversationId = to.ConversationId,
            messageType = new[] { type },
            message = answer,
            sentTime = now.UtcDateTime,
            headers = new Dictionary<string, object>(),
        };
        return new ReplyBody(id, type, JsonSerializer.SerializeToUtf8Bytes(envelope, Options));
    }
}
