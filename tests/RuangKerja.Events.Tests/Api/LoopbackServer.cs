using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace RuangKerja.Events.Tests.Api;

/// <summary>A request as it came over the wire.</summary>
public sealed record ReceivedRequest(string RequestLine, IReadOnlyList<string> Headers, string Body)
{
    public bool AsksForToken => RequestLine.Contains("/oauth/token", StringComparison.Ordinal);

    public string? Header(string name) =>
        Headers
            .SingleOrDefault(header => header.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))
            ?[(name.Length + 1)..].Trim();
}

/// <summary>Speaks just enough HTTP on a loopback port to see each request byte for byte and to answer with anything.</summary>
public sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Func<ReceivedRequest, Task<Reply>> _answer;
    private readonly Task _accepting;

    public LoopbackServer(Func<ReceivedRequest, Task<Reply>> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public ConcurrentQueue<ReceivedRequest> Received { get; } = [];

    public Uri Url => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        // Only then: a loop that is about to accept again must not find the listener stopped.
        await _accepting;
        _listener.Stop();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stopping.Token)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                while (await ReadAsync(stream) is { } request)
                {
                    Received.Enqueue(request);
                    var reply = await _answer(request).WaitAsync(_stopping.Token);
                    await stream.WriteAsync(reply.Bytes, _stopping.Token);
                    if (reply.Close)
                    {
                        return;
                    }
                }
            }
            catch (Exception fault) when (fault is IOException or OperationCanceledException)
            {
                // The client or the test is done with this connection.
            }
        }
    }

    private async Task<ReceivedRequest?> ReadAsync(NetworkStream stream)
    {
        var bytes = new List<byte>();
        var one = new byte[1];
        while (!Encoding.ASCII.GetString([.. bytes.TakeLast(4)]).Equals("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stopping.Token) == 0)
            {
                return null;
            }

            bytes.Add(one[0]);
        }

        var lines = Encoding.ASCII.GetString([.. bytes]).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var request = new ReceivedRequest(lines[0], lines[1..], "");
        var body = new byte[int.Parse(request.Header("Content-Length") ?? "0")];
        await stream.ReadExactlyAsync(body, _stopping.Token);
        return request with { Body = Encoding.UTF8.GetString(body) };
    }
}
