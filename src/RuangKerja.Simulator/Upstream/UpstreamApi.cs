using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.People;
using RuangKerja.Simulator.Requests;

namespace RuangKerja.Simulator.Upstream;

/// <summary>
/// The upstream's paths. Every request is ① remembered ② delayed or failed if a fault says so ③ held to the rules on headers,
/// token and rate ④ answered from the population as it stands at that moment.
/// </summary>
internal sealed class UpstreamApi(
    World world,
    TimeProvider time,
    TokenDesk tokens,
    FaultBoard faults,
    RequestLog requests,
    SimulatorOptions options
)
{
    private readonly TokenAnswer _token = new(world, tokens, faults, options);
    private readonly FeedAnswer _feed = new(faults, options);
    private readonly RosterAnswer _rosters = new(world, time, faults);

    public void Map(IEndpointRouteBuilder routes)
    {
        const string dashboard = "/ruangkerja/dashboard";
        routes.MapPost("/oauth/token", context => Serve(context, UpstreamEndpoint.Token, _token.To));
        routes.MapGet(
            dashboard + "/user-course-status",
            Data(UpstreamEndpoint.Feed, (company, query, _) => _feed.To(company, query))
        );
        routes.MapGet(
            dashboard + "/courses",
            Data(UpstreamEndpoint.Catalogue, (company, query, _) => CatalogueAnswer.To(company, query))
        );
        routes.MapGet(
            dashboard + "/courses/{courseSerial}/online/users",
            Data(
                UpstreamEndpoint.Roster,
                (company, query, request) => _rosters.To(company, query, (string)request.RouteValues["courseSerial"]!)
            )
        );
        routes.MapFallback("{*path}", RefuseUnknown);
    }

    private RequestDelegate Data(UpstreamEndpoint endpoint, Func<Company, QueryParameters, HttpRequest, Answer> answer)
    {
        return Handle;

        Task Handle(HttpContext context) => Serve(context, endpoint, AnswerIfAdmitted);

        Task<Answer> AnswerIfAdmitted(HttpRequest request) =>
            Task.FromResult(
                Admit(request, out var company) ?? answer(company!, new QueryParameters(request.QueryString), request)
            );
    }

    private Task RefuseUnknown(HttpContext context) =>
        Serve(
            context,
            UpstreamEndpoint.Unknown,
            _ => Task.FromResult<Answer>(Answer.Failure.NotFound("Path not found"))
        );

    private async Task Serve(HttpContext context, UpstreamEndpoint endpoint, Func<HttpRequest, Task<Answer>> answer)
    {
        requests.Remember(endpoint, context.Request, time.GetUtcNow());
        if (faults.Delay > TimeSpan.Zero)
            await Task.Delay(faults.Delay, time, context.RequestAborted);
        // The simulator's own clock, which may be wrong on purpose.
        context.Response.Headers.Date = time.GetUtcNow().ToString("R");
        if (
            faults.TakeFor(endpoint, tokens.Holder(context.Request.Headers.Authorization.ToString())?.Name) is { } fault
        )
        {
            await FaultWriter.Write(context, fault);
            return;
        }

        world.AdvanceTo(time.GetUtcNow());
        await AnswerWriter.Write(context, await answer(context.Request), options.FailuresAsHttp200);
    }

    private Answer.Failure? Admit(HttpRequest request, out Company? company)
    {
        company = null;
        if (!MediaTypes.IsJson(request.Headers.Accept))
            return Answer.Failure.BadRequest("Accept must be application/json");
        if (!MediaTypes.IsJson(request.ContentType))
            return Answer.Failure.BadRequest("Content-Type must be application/json");

        // The bare token: with "Bearer " in front it is simply a token nobody was given.
        company = tokens.Holder(request.Headers.Authorization.ToString());
        return company is null ? Answer.Failure.BadToken : faults.Meter(company.Name, time.GetUtcNow());
    }
}
