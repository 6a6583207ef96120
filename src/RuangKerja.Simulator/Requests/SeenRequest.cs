using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Simulator.Requests;

/// <summary>An upstream request as it came in, whatever became of it.</summary>
/// <param name="Number">1, 2, 3 … over all endpoints.</param>
/// <param name="At">When it came in.</param>
/// <param name="Endpoint">What it asked for.</param>
/// <param name="Method">Such as <c>GET</c>.</param>
/// <param name="Path">As it was on the wire, still encoded, without the query.</param>
/// <param name="Query">As it was on the wire, still encoded, <c>?</c> in front; empty when there was none.</param>
public sealed record SeenRequest(
    long Number,
    DateTimeOffset At,
    UpstreamEndpoint Endpoint,
    string Method,
    string Path,
    string Query
);
