using System.Globalization;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;
using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Errors;

/// <summary>Reads what an error queue holds, whatever that is: nothing in there can be relied on. Pure.</summary>
internal static class FaultedMessageReader
{
    private const string UrnPrefix = "urn:message:";

    /// <summary>Reads one message.</summary>
    public static FaultedMessage Read(IReadOnlyBasicProperties properties, ReadOnlyMemory<byte> body)
    {
        var json = Parse(body);
        var content = Member(json, "message") is { ValueKind: JsonValueKind.Object } message ? message : json;
        var source = properties.Text(CloudEventHeaders.Source);
        return new FaultedMessage
        {
            MessageId = properties.MessageId ?? Word(json, "messageId"),
            EventId = Word(content, "eventId") ?? properties.Text(CloudEventHeaders.Id),
            Company =
                Word(content, "company")
                ?? (
                    source?.StartsWith(CloudEventHeaders.SourcePrefix, StringComparison.Ordinal) is true
                        ? source[CloudEventHeaders.SourcePrefix.Length..]
                        : null
                ),
            MessageTypes = MessageTypes(json),
            ExceptionType = properties.Text(FaultHeaders.ExceptionType),
            ExceptionMessage = properties.Text(FaultHeaders.Message) ?? properties.Text(FaultHeaders.DeathReason),
            FaultedAt = Instant(properties.Text(FaultHeaders.Timestamp)),
            ConsumerType = properties.Text(FaultHeaders.ConsumerType),
            InputAddress = properties.Text(FaultHeaders.InputAddress),
            Retries = properties.Text(FaultHeaders.RetryCount),
            StackTrace = properties.Text(FaultHeaders.StackTrace),
            Headers = (properties.Headers ?? new Dictionary<string, object?>())
                .Where(header => !FaultHeaders.IsOfFault(header.Key) && !FaultHeaders.IsCount(header.Key))
                .ToDictionary(header => header.Key, header => FaultHeaders.Text(header.Value)),
            Message = content,
            Text = json is null ? Encoding.UTF8.GetString(body.Span) : null,
        };
    }

    private static JsonElement? Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonElement.Parse(body.Span);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string[] MessageTypes(JsonElement? envelope) =>
        Member(envelope, "messageType") is { ValueKind: JsonValueKind.Array } types
            ?
            [
                .. types
                    .EnumerateArray()
                    .Where(type => type.ValueKind == JsonValueKind.String)
                    .Select(type => type.GetString()!)
                    .Select(type => type.StartsWith(UrnPrefix, StringComparison.Ordinal) ? type.Split(':')[^1] : type),
            ]
            : [];

    private static JsonElement? Member(JsonElement? json, string name) =>
        json is { ValueKind: JsonValueKind.Object } whole && whole.TryGetProperty(name, out var member) ? member : null;

    private static string? Word(JsonElement? json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.String } word ? word.GetString() : null;

    private static DateTimeOffset? Instant(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant.ToUniversalTime()
            : null;
}
