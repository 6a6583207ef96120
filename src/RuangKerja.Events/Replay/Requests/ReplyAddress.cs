using System.Globalization;
using System.Text;

namespace RuangKerja.Events.Replay.Requests;

/// <summary>The <c>reply_to</c> and <c>correlation_id</c> of an AMQP message; null where it has none.</summary>
internal sealed record AmqpReply(string? ReplyTo, string? CorrelationId);

/// <summary>
/// Where a requester hears of its replay: a queue on our broker, in our virtual host. It is reached through the broker's
/// default exchange and never declared, so that nobody's words make a queue, or reach more than one.
/// </summary>
/// <param name="RequestId">MassTransit's id of the request, which its request client looks for.</param>
/// <param name="ConversationId">MassTransit's id of the conversation.</param>
/// <param name="CorrelationId">The AMQP property, which other clients look for.</param>
internal sealed record ReplyAddress(string Queue, Guid? RequestId, Guid? ConversationId, string? CorrelationId)
{
    // Our queues, whose consumers expect other things.
    private const string Ours = "ruangkerja-";

    // As AMQP limits short texts, in bytes.
    private const int LongestText = 255;

    /// <summary>The place that the message names; null when it names none that can be used.</summary>
    /// <param name="virtualHost">Ours.</param>
    public static ReplyAddress? Of(Envelope envelope, AmqpReply amqp, string virtualHost)
    {
        var queue = amqp.ReplyTo is { Length: > 0 } plain ? plain : QueueOf(envelope.ResponseAddress, virtualHost);
        return queue is { Length: > 0 } && Fits(queue) && !queue.StartsWith(Ours, StringComparison.Ordinal)
            ? new ReplyAddress(
                queue,
                envelope.RequestId,
                envelope.ConversationId,
                amqp.CorrelationId is { } id && Fits(id) ? id : null
            )
            : null;
    }

    /// <summary>The address as it is kept with the replay.</summary>
    public Uri ToUri()
    {
        string?[] words =
        [
            Word("requestId", RequestId?.ToString("D", CultureInfo.InvariantCulture)),
            Word("conversationId", ConversationId?.ToString("D", CultureInfo.InvariantCulture)),
            Word("correlationId", CorrelationId),
        ];
        var query = string.Join('&', words.OfType<string>());
        return new Uri($"queue:{Uri.EscapeDataString(Queue)}{(query.Length > 0 ? "?" : "")}{query}");
    }

    /// <summary>Reads what <see cref="ToUri"/> has written.</summary>
    public static ReplyAddress FromUri(Uri uri)
    {
        var words = uri
            .Query.TrimStart('?')
            .Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(word => word.Split('=', 2))
            .Where(word => word.Length == 2)
            .ToDictionary(word => word[0], word => Uri.UnescapeDataString(word[1]));
        return new ReplyAddress(
            Uri.UnescapeDataString(uri.AbsolutePath),
            Id(words.GetValueOrDefault("requestId")),
            Id(words.GetValueOrDefault("conversationId")),
            words.GetValueOrDefault("correlationId")
        );
    }

    /// <summary>
    /// The queue of an address as MassTransit writes it: <c>rabbitmq://host/vhost/name?…</c>, <c>queue:name</c> or
    /// <c>exchange:name</c>. The host is not compared: one broker has many names, and the answer goes to ours.
    /// </summary>
    private static string? QueueOf(string? address, string virtualHost)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri))
            return null;
        if (uri.Scheme is "queue" or "exchange")
            return Uri.UnescapeDataString(uri.AbsolutePath);
        if (uri.Scheme is not ("rabbitmq" or "rabbitmqs" or "amqp" or "amqps"))
            return null;

        var parts = uri.AbsolutePath.Trim('/').Split('/').Select(Uri.UnescapeDataString).ToList();
        var named = parts.Count > 1 ? string.Join('/', parts[..^1]) : "/";
        return named == virtualHost ? parts[^1] : null;
    }

    private static bool Fits(string text) => Encoding.UTF8.GetByteCount(text) <= LongestText;

    private static string? Word(string name, string? value) =>
        value is null ? null : $"{name}={Uri.EscapeDataString(value)}";

    private static Guid? Id(string? text) => Guid.TryParse(text, out var id) ? id : null;
}
