using MassTransit;

namespace RuangKerja.Events.Subscriber.Endpoint;

/// <summary>
/// The reason of a failure in the headers of a message. All headers go in one frame (AMQP 0-9-1, section 4.2.6.1; 128 KiB by
/// RabbitMQ's default): a longer reason would end the connection, and the message would come back to do the same again.
/// </summary>
internal static class FaultHeaders
{
    private const int LongestStackTrace = 6_000;
    private const int LongestText = 2_000;
    private const string Ellipsis = " …";

    /// <summary>Cuts every text off behind what a person reads of it.</summary>
    public static void Shorten(SendHeaders headers)
    {
        foreach (var (key, value) in headers.GetAll().ToList())
            if (value is string text)
            {
                var longest = key == MessageHeaders.FaultStackTrace ? LongestStackTrace : LongestText;
                if (text.Length > longest)
                    headers.Set(key, Cut(text, longest));
            }
    }

    private static string Cut(string text, int length)
    {
        // A character of two code units is not cut through.
        var end = char.IsHighSurrogate(text[length - 1]) ? length - 1 : length;
        return string.Concat(text.AsSpan(0, end), Ellipsis);
    }
}
