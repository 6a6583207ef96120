using Microsoft.AspNetCore.Http.Features;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Problems;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary>
/// Reads the assignment's id from the path, where it is one segment, percent-encoded as any text is: ids hold slashes and
/// percent signs themselves.
/// </summary>
internal static class AssignmentPath
{
    // "", "api", "assignments", the id.
    private const int Segment = 3;

    /// <summary>The id, as messages carry it.</summary>
    /// <exception cref="ProblemException">It can be none.</exception>
    public static AssignmentId Read(HttpContext context)
    {
        // The path that routing sees is decoded but for slashes: two ids may look the same there.
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var id = Uri.UnescapeDataString(PathOf(target).Split('/')[Segment]);
        if (
            id.Length == 0
            || System.Text.Encoding.UTF8.GetByteCount(id) > AssignmentId.LongestInBytes
            || id.Contains('\0')
        )
            throw ProblemsOf.Invalid("id", $"The id is empty or longer than {AssignmentId.LongestInBytes} bytes.");
        return new AssignmentId(id);
    }

    /// <summary>The path of a request's target, which may be a whole address too.</summary>
    private static string PathOf(string target)
    {
        var path = target.Split('?')[0];
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        return path.StartsWith('/') || scheme < 0 ? path : path[path.IndexOf('/', scheme + 3)..];
    }
}
