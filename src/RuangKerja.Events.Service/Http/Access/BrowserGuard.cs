using System.Net;
using Microsoft.Net.Http.Headers;
using RuangKerja.Events.Service.Http.Api;
using RuangKerja.Events.Service.Http.Problems;

namespace RuangKerja.Events.Service.Http.Access;

/// <summary>
/// Keeps pages of other sites, in a browser on this machine, from using the API where there are no keys: a name that somebody
/// else's DNS leads here is not answered, nor is what another site's page asks for: a stream takes a place. A key needs no such guard, since
/// no browser sends it by itself.
/// </summary>
internal sealed class BrowserGuard(RequestDelegate next, ApiKeyRing keys)
{
    private const string Site = "Sec-Fetch-Site";

    public Task InvokeAsync(HttpContext context)
    {
        if (!keys.IsEmpty || !context.Request.Path.StartsWithSegments(HttpApi.Root, StringComparison.OrdinalIgnoreCase))
            return next(context);
        if (!IsThisMachine(context.Request.Host))
            return RefuseAsync(context, $"'{context.Request.Host}' is no name of this machine's loopback.");
        return IsOfAnotherSite(context.Request)
            ? RefuseAsync(context, "A page of another site has asked for it.")
            : next(context);
    }

    private static Task RefuseAsync(HttpContext context, string detail) =>
        ProblemResponses.WriteAsync(
            context,
            Problem.Of(ProblemKind.ForeignOrigin, detail, "Ask 127.0.0.1 or localhost, or set Http:ApiKeys.")
        );

    private static bool IsThisMachine(HostString host) =>
        host.Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Host, out var address) && IPAddress.IsLoopback(address));

    private static bool IsOfAnotherSite(HttpRequest request)
    {
        if (request.Headers[Site] is [{ } site] && site is not ("same-origin" or "none"))
            return true;
        return request.Headers[HeaderNames.Origin] is [{ } origin]
            && !origin.Equals($"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
