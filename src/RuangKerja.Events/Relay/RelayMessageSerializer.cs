using System.Net.Mime;
using System.Text.Json;
using System.Text.Json.Serialization;
using MassTransit;
using MassTransit.Metadata;
using MassTransit.Serialization;

namespace RuangKerja.Events.Relay;

/// <summary>
/// MassTransit's own envelope, without the name, process and versions of the machine that sent it, compact, and with null
/// members left out.
/// </summary>
internal sealed class RelayMessageSerializer : IMessageSerializer
{
    public static readonly RelayMessageSerializer Instance = new();

    private static readonly JsonSerializerOptions Options = new(SystemTextJsonMessageSerializer.Options)
    {
        WriteIndented = false,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public ContentType ContentType => SystemTextJsonMessageSerializer.JsonContentType;

    public MessageBody GetMessageBody<T>(SendContext<T> context)
        where T : class
    {
        var envelope = new JsonMessageEnvelope(context, context.Message) { Host = HostMetadataCache.Empty };
        return new SystemTextJsonMessageBody<T>(context, Options, envelope);
    }
}
