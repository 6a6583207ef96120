using System.Text.Json;
using System.Text.Json.Serialization;

namespace RuangKerja.Simulator.Upstream;

/// <summary>What of the upstream API a request asked for. In JSON: the lower_snake_case word.</summary>
[JsonConverter(typeof(UpstreamEndpointConverter))]
public enum UpstreamEndpoint
{
    /// <summary><c>POST /oauth/token</c></summary>
    Token,

    /// <summary><c>GET /ruangkerja/dashboard/user-course-status</c></summary>
    Feed,

    /// <summary><c>GET /ruangkerja/dashboard/courses</c></summary>
    Catalogue,

    /// <summary><c>GET /ruangkerja/dashboard/courses/{courseSerial}/online/users</c></summary>
    Roster,

    /// <summary>Anything else: nothing this stand-in knows.</summary>
    Unknown,
}

internal sealed class UpstreamEndpointConverter()
    : JsonStringEnumConverter<UpstreamEndpoint>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false);
