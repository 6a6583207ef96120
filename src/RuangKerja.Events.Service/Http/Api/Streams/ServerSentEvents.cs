using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace RuangKerja.Events.Service.Http.Api.Streams;

/// <summary>Writes server-sent events; nothing leaves before the writer is flushed.</summary>
internal sealed class ServerSentEvents(PipeWriter writer)
{
    private const int RetryMilliseconds = 3_000;

    /// <summary>How soon a client is to come back that lost its connection.</summary>
    public void Begin() => Write($"retry: {RetryMilliseconds}\n");

    /// <summary>An event; its data are one line.</summary>
    public void Event(long id, string name, ReadOnlySpan<byte> data)
    {
        Write($"id: {id}\nevent: {name}\ndata: ");
        writer.Write(data);
        Write("\n\n");
    }

    /// <summary>A comment, with an id that is where a client that comes back begins: an id without data is no event.</summary>
    /// <param name="id">Null to leave it where it is.</param>
    public void Comment(string text, long? id)
    {
        Write($": {text}\n");
        if (id is { } position)
            Write($"id: {position}\n");
        Write("\n");
    }

    private void Write(string text) => Encoding.UTF8.GetBytes(text, writer);
}
