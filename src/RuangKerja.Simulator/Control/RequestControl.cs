using RuangKerja.Simulator.Requests;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Control;

/// <summary>What came in, over HTTP.</summary>
internal sealed class RequestControl(RequestLog requests)
{
    public Task Get(HttpContext context)
    {
        var counts = Enum.GetValues<UpstreamEndpoint>().ToDictionary(endpoint => endpoint, requests.Count);
        return ControlJson.Write(context, new RequestState(counts, requests.Latest));
    }

    public Task Delete(HttpContext context)
    {
        requests.Clear();
        return Get(context);
    }

    private sealed record RequestState(
        IReadOnlyDictionary<UpstreamEndpoint, long> Counts,
        IReadOnlyList<SeenRequest> Latest
    );
}
