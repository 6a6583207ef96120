using Microsoft.AspNetCore.Http.Features;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Requests;

/// <summary>The upstream requests that came in; control requests are none. Thread-safe.</summary>
public sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly int _capacity;
    private readonly Queue<SeenRequest> _latest = new();
    private readonly long[] _counts = new long[Enum.GetValues<UpstreamEndpoint>().Length];

    internal RequestLog(int capacity) => _capacity = capacity;

    /// <summary>The latest requests, oldest first; at most <see cref="SimulatorOptions.RememberedRequests"/>.</summary>
    public IReadOnlyList<SeenRequest> Latest
    {
        get
        {
            lock (_gate)
                return _latest.ToArray();
        }
    }

    /// <summary>How many requests for the endpoint came in since the start or the last <see cref="Clear"/>.</summary>
    public long Count(UpstreamEndpoint endpoint)
    {
        lock (_gate)
            return _counts[(int)endpoint];
    }

    /// <summary>Counts from zero again and forgets what was remembered.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _latest.Clear();
            Array.Clear(_counts);
        }
    }

    internal void Remember(UpstreamEndpoint endpoint, HttpRequest request, DateTimeOffset at)
    {
        var query = request.QueryString.Value ?? "";
        // What came over the wire: Request.Path is decoded already.
        var target = request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var path = target.Split('?', 2)[0];

        lock (_gate)
        {
            _counts[(int)endpoint]++;
            _latest.Enqueue(new SeenRequest(_counts.Sum(), at, endpoint, request.Method, path, query));
            while (_latest.Count > _capacity)
                _latest.Dequeue();
        }
    }
}
