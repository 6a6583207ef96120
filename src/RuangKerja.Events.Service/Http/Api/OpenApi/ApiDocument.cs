using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RuangKerja.Events.Service.Http.Access;

namespace RuangKerja.Events.Service.Http.Api.OpenApi;

/// <summary>The OpenAPI document of the API: what the endpoints say of themselves, and what holds for all of them.</summary>
internal static class ApiDocument
{
    /// <summary>Where it is.</summary>
    public const string Path = "/openapi.json";

    private const string BearerScheme = "bearer";
    private const string HeaderScheme = "apiKey";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.AddSchemaTransformer(Schemas.DescribeInstants);
            options.AddOperationTransformer(OperationParts.DescribeAsync);
            options.AddDocumentTransformer(
                async (document, context, cancellationToken) =>
                {
                    await Schemas.AddAsync(context, document, cancellationToken);
                    Schemas.Finish(document);
                    Describe(document);
                }
            );
        });

    public static void MapApiDocument(this RouteGroupBuilder api) =>
        api.MapOpenApi(Path).RequireAuthorization(AccessRules.Viewer);

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "RuangKerja.Events",
            Version = "v1",
            Description =
                "Course status changes: the event feed, what is and what was known of each assignment, and replays. Every error is "
                + "a problem as in RFC 9457. Instants are RFC 3339 with an offset; members that say nothing are left out.",
        };
        // Wherever it is reached: the document knows no host.
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [BearerScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "An API key of Http:ApiKeys. Without any configured, whoever reaches loopback is let in.",
            },
            [HeaderScheme] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Header,
                Name = ApiKeyHandler.Header,
                Description = "The same key in a header of its own.",
            },
        };
        document.Security = [Requirement(BearerScheme, document), Requirement(HeaderScheme, document)];
    }

    private static OpenApiSecurityRequirement Requirement(string scheme, OpenApiDocument document) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
