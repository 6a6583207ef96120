using RuangKerja.Events.Service.Http.Api;

namespace RuangKerja.Events.Service.Http.Problems;

/// <summary>Turns whatever ends a request without an answer of its own into problem details.</summary>
internal sealed partial class ProblemResponses(RequestDelegate next, ILogger<ProblemResponses> logger)
{
    private const int RetryAfterSeconds = 5;

    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (IsBare(context.Response))
                await WriteAsync(context, Problem.Of(ProblemKind.OfStatus(context.Response.StatusCode)));
        }
        // Nobody listens any more.
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) { }
        catch (Exception error) when (!context.Response.HasStarted)
        {
            var problem = ProblemsOf.Exception(error);
            if (problem.Status == StatusCodes.Status500InternalServerError)
                Log.Fault(logger, error, context.Request.Method, context.Request.Path);
            await WriteAsync(context, problem);
        }
    }

    /// <summary>Answers with the problem; headers that were set stay.</summary>
    public static Task WriteAsync(HttpContext context, Problem problem)
    {
        var response = context.Response;
        response.StatusCode = problem.Status;
        response.Headers.CacheControl = "no-store";
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
            response.Headers.RetryAfter = $"{RetryAfterSeconds}";
        return response.WriteAsJsonAsync(problem, ApiJson.Options, Problem.MediaType, context.RequestAborted);
    }

    private static bool IsBare(HttpResponse response) =>
        response is { HasStarted: false, StatusCode: >= 400, ContentLength: null, ContentType: null };

    private static partial class Log
    {
        [LoggerMessage(
            EventId = 521,
            Level = LogLevel.Error,
            Message = "{Method} {Path} met a fault of this program; please report it"
        )]
        public static partial void Fault(ILogger logger, Exception error, string method, string path);
    }
}
