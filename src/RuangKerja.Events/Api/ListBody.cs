using System.Text.Json;

namespace RuangKerja.Events.Api;

/// <summary>An answer's items, and all the rest of it with the list of items emptied.</summary>
internal sealed record ListContent<T>(JsonElement Envelope, IReadOnlyList<T> Rows);

/// <summary>
/// Reads a list as it comes in. Of a wide window's many megabytes no more is held at a time than an item or so, beside the
/// rows themselves.
/// </summary>
internal static class ListBody
{
    public static async Task<ReadBody<ListContent<T>>> ReadAsync<T>(
        RowReader<T> reader,
        Stream body,
        long maxBytes,
        CancellationToken cancellationToken
    )
        where T : class
    {
        using var buffer = new BodyBuffer(body, maxBytes);
        var json = new ListJson<T>(reader);
        while (json.Fault is AnswerFault.None && await buffer.FillAsync(cancellationToken))
        {
            buffer.Consume(json.Read(buffer.Unread));
        }

        if (json.Fault is AnswerFault.NotJson)
        {
            await buffer.FillHeadAsync(cancellationToken);
        }
        else if (json.Fault is AnswerFault.None && buffer.Fault is AnswerFault.None)
        {
            // What came last waited for more; no more comes.
            json.ReadLast(buffer.Unread);
        }

        var fault = json.Fault is AnswerFault.None ? buffer.Fault : json.Fault;
        var envelope = fault is AnswerFault.None ? json.Envelope() : default;
        return new(
            fault,
            fault is AnswerFault.None ? ErrorBody.Read(envelope) : ErrorBody.None,
            buffer.Head.ToArray(),
            buffer.Length,
            buffer.AtEnd,
            fault is AnswerFault.None ? new ListContent<T>(envelope, json.Rows) : null
        );
    }
}
