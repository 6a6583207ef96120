using RuangKerja.Events.Service.Configuration;
using RuangKerja.Events.Service.Http.Access;
using RuangKerja.Events.Service.Http.Api.OpenApi;
using RuangKerja.Events.Service.Http.Api.Queries;
using RuangKerja.Events.Service.Http.Api.Streams;
using RuangKerja.Events.Service.Http.Problems;

namespace RuangKerja.Events.Service.Http.Api;

/// <summary>The HTTP API: who is let in, what there is, and how trouble is told.</summary>
internal static class HttpApi
{
    /// <summary>The path of everything that needs a key.</summary>
    public const string Root = "/api";

    /// <summary>Registers what the endpoints need beside the pipeline.</summary>
    public static IServiceCollection AddHttpApi(this IServiceCollection services, HttpOptions options) =>
        services
            .AddRoutingCore()
            .ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions))
            .AddAccess(options)
            .AddSingleton<HorizonWatch>()
            .AddSingleton<StreamPlaces>()
            .AddApiDocument();

    /// <summary>The steps that every request goes through, in this order.</summary>
    public static void UseHttpApi(this IApplicationBuilder app)
    {
        app.UseMiddleware<ProblemResponses>();
        app.UseRouting();
        app.UseMiddleware<BrowserGuard>();
        app.UseAuthentication();
        app.UseAuthorization();
    }

    /// <summary>Maps everything there is.</summary>
    public static void MapHttpApi(this IEndpointRouteBuilder endpoints)
    {
        var api = endpoints.MapGroup(Root);
        api.MapEvents();
        api.MapAssignments();
        api.MapReplays();
        api.MapApiDocument();
    }

    /// <summary>Tells who may use the endpoint, under which name it is documented, and how it may fail beside the common ways.</summary>
    public static RouteHandlerBuilder As(
        this RouteHandlerBuilder endpoint,
        string name,
        string summary,
        string description,
        QueryParameters? parameters = null,
        string policy = AccessRules.Viewer,
        params ProblemKind[] problems
    ) =>
        endpoint
            .RequireAuthorization(policy)
            .WithName(name)
            .WithSummary(summary)
            .WithDescription(description)
            .WithMetadata(parameters ?? new QueryParameters([]), new ExpectedProblems(problems));
}

/// <summary>What else may go wrong at an endpoint, for the OpenAPI document.</summary>
internal sealed record ExpectedProblems(IReadOnlyList<ProblemKind> Kinds);
