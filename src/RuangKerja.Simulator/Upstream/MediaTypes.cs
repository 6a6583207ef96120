using Microsoft.Net.Http.Headers;

namespace RuangKerja.Simulator.Upstream;

internal static class MediaTypes
{
    /// <summary>Whether the header names <c>application/json</c> itself, parameters aside; a wildcard does not.</summary>
    public static bool IsJson(string? header) =>
        header is not null
        && MediaTypeHeaderValue.TryParseList([header], out var types)
        && types.Any(type => type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase));
}
