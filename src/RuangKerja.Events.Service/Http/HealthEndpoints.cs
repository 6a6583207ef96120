using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Service.Commands;
using RuangKerja.Events.Storage.Leases;

namespace RuangKerja.Events.Service.Http;

/// <summary>The answer of <c>/health/live</c>.</summary>
/// <param name="Status"><see cref="HealthEndpoints.Alive"/>: a process that does not live says nothing.</param>
public sealed record Liveness(string Status);

/// <summary>What a supervisor asks: whether to restart the process, and whether it does its work.</summary>
public static class HealthEndpoints
{
    /// <summary>200 for as long as the process answers; depends on nothing outside.</summary>
    public const string Live = "/health/live";

    /// <summary>What the first says.</summary>
    public const string Alive = "live";

    /// <summary>200 while every part of every company works, else 503; says why.</summary>
    public const string Ready = "/health/ready";

    /// <summary>Maps both.</summary>
    public static void MapHealth(this IEndpointRouteBuilder endpoints, PipelineOptions options)
    {
        endpoints.MapGet(Live, context => AnswerAsync(context, StatusCodes.Status200OK, new Liveness(Alive)));
        endpoints.MapGet(Ready, context => AnswerReadyAsync(context, options));
    }

    private static Task AnswerReadyAsync(HttpContext context, PipelineOptions options)
    {
        var services = context.RequestServices;
        var backlogs = services.GetRequiredService<Backlogs>();
        var report = new Readiness(options).Judge(
            [
                .. services.GetRequiredService<HealthBoard>().Read(),
                .. LeaseHealth.Read(services.GetRequiredService<InstanceLeases>()),
            ],
            company => backlogs.Of(company)?.Backlog
        );
        var status = report.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        return AnswerAsync(context, status, report);
    }

    private static Task AnswerAsync<TAnswer>(HttpContext context, int status, TAnswer answer)
    {
        context.Response.StatusCode = status;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(answer, Output.Json, context.RequestAborted);
    }
}
