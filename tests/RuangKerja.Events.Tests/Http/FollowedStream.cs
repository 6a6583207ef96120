using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;

namespace RuangKerja.Events.Tests.Http;

/// <summary>One event of a stream.</summary>
internal sealed record StreamedEvent(string? Id, string Name, JsonNode Data);

/// <summary>A stream of server-sent events, read by the framework's own reader.</summary>
internal sealed class FollowedStream : IDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IAsyncEnumerator<SseItem<string>> _items;
    private readonly SseParser<string> _parser;

    private FollowedStream(HttpResponseMessage response, Stream body)
    {
        _response = response;
        _parser = SseParser.Create(body);
        _items = _parser.EnumerateAsync().GetAsyncEnumerator();
    }

    public string? MediaType => _response.Content.Headers.ContentType?.MediaType;

    public static async Task<FollowedStream> OpenAsync(HttpClient client, string path, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (lastEventId is not null)
            request.Headers.Add("Last-Event-ID", lastEventId);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        return new FollowedStream(response, await response.Content.ReadAsStreamAsync());
    }

    public async Task<StreamedEvent> NextAsync(TimeSpan deadline)
    {
        (await _items.MoveNextAsync().AsTask().WaitAsync(deadline, TimeProvider.System)).ShouldBeTrue(
            "the stream has ended"
        );
        var item = _items.Current;
        return new StreamedEvent(item.EventId, item.EventType, JsonNode.Parse(item.Data)!);
    }

    /// <summary>Whether it comes to its end without anything more.</summary>
    public async Task<bool> EndsAsync(TimeSpan deadline) =>
        !await _items.MoveNextAsync().AsTask().WaitAsync(deadline, TimeProvider.System);

    public void Dispose() => _response.Dispose();
}
