using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RuangKerja.Events.Service.Http.Api.Queries;
using RuangKerja.Events.Service.Http.Problems;

namespace RuangKerja.Events.Service.Http.Api.OpenApi;

/// <summary>Describes parameters and problems of an operation from what its endpoint declares.</summary>
internal static class OperationParts
{
    private static readonly ProblemKind[] Common =
    [
        ProblemKind.InvalidRequest,
        ProblemKind.Unauthenticated,
        ProblemKind.Forbidden,
        ProblemKind.ForeignOrigin,
        ProblemKind.Unexpected,
        ProblemKind.DatabaseUnavailable,
    ];

    public static async Task DescribeAsync(
        OpenApiOperation operation,
        OpenApiOperationTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var isStream = context.Description.RelativePath?.EndsWith("/stream", StringComparison.Ordinal) == true;
        operation.Parameters =
        [
            .. PathParameters(context.Description.RelativePath ?? ""),
            .. metadata.OfType<QueryParameters>().SelectMany(parameters => parameters.All).Select(QueryOf),
            .. isStream ? [LastEventId()] : Array.Empty<OpenApiParameter>(),
        ];
        if (operation.Parameters.Count == 0)
            operation.Parameters = null;

        var schema = await context.GetOrCreateSchemaAsync(typeof(Problem), null, cancellationToken);
        context.Document?.AddComponent(nameof(Problem), schema);
        operation.Responses ??= [];
        var kinds = Common.Concat(metadata.OfType<ExpectedProblems>().SelectMany(expected => expected.Kinds));
        foreach (var status in kinds.GroupBy(kind => kind.Status).OrderBy(status => status.Key))
            operation.Responses[$"{status.Key}"] = ResponseOf([.. status], context.Document);
        if (operation.Responses.TryGetValue("201", out var created) && created is OpenApiResponse response)
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Location"] = Header("Where it is.") };
    }

    private static OpenApiResponse ResponseOf(IReadOnlyList<ProblemKind> kinds, OpenApiDocument? document)
    {
        var response = new OpenApiResponse
        {
            Description = string.Join(' ', kinds.Select(kind => $"`{kind.Type}`: {kind.Title}")),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                [Problem.MediaType] = new OpenApiMediaType
                {
                    Schema = new OpenApiSchemaReference(nameof(Problem), document),
                },
            },
        };
        response.Headers = kinds[0].Status switch
        {
            401 => new Dictionary<string, IOpenApiHeader> { ["WWW-Authenticate"] = Header("How to show a key.") },
            503 => new Dictionary<string, IOpenApiHeader>
            {
                ["Retry-After"] = Header("After how many seconds to try again."),
            },
            _ => null,
        };
        return response;
    }

    private static OpenApiHeader Header(string description) =>
        new()
        {
            Description = description,
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static IEnumerable<OpenApiParameter> PathParameters(string path)
    {
        if (!path.Contains("{id}", StringComparison.Ordinal))
            yield break;
        var ofReplay = path.Contains("/replays/", StringComparison.Ordinal);
        yield return new OpenApiParameter
        {
            Name = "id",
            In = ParameterLocation.Path,
            Required = true,
            Description = ofReplay
                ? "The replay's id."
                : "The assignment's id, percent-encoded once more as one segment.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = ofReplay ? "uuid" : null },
        };
    }

    private static OpenApiParameter LastEventId() =>
        new()
        {
            Name = "Last-Event-ID",
            In = ParameterLocation.Header,
            Description = "As `after`, which it goes before: browsers send it by themselves when they come back.",
            Schema = new OpenApiSchema { Type = JsonSchemaType.String },
        };

    private static OpenApiParameter QueryOf(QueryParameter parameter) =>
        new()
        {
            Name = parameter.Name,
            In = ParameterLocation.Query,
            Description = parameter.Description,
            // Several words are one value, separated by commas.
            Explode = parameter.Form != QueryForm.Words,
            Style = ParameterStyle.Form,
            Schema = SchemaOf(parameter),
        };

    private static OpenApiSchema SchemaOf(QueryParameter parameter) =>
        parameter.Form switch
        {
            QueryForm.Words => new() { Type = JsonSchemaType.Array, Items = WordOf(parameter) },
            QueryForm.Word => WordOf(parameter),
            QueryForm.Flag => new() { Type = JsonSchemaType.Boolean, Default = JsonNode.Parse(parameter.Default!) },
            QueryForm.WholeNumber => new()
            {
                Type = JsonSchemaType.Integer,
                Minimum = $"{parameter.Least}",
                Maximum = $"{parameter.Most}",
                Default = JsonNode.Parse(parameter.Default!),
            },
            QueryForm.Uuid => new() { Type = JsonSchemaType.String, Format = "uuid" },
            QueryForm.Instant => new() { Type = JsonSchemaType.String, Format = "date-time" },
            _ => new() { Type = JsonSchemaType.String, Default = parameter.Default },
        };

    private static OpenApiSchema WordOf(QueryParameter parameter) =>
        new()
        {
            Type = JsonSchemaType.String,
            Enum = parameter.Allowed.Count > 0 ? [.. parameter.Allowed.Select(word => (JsonNode)word)] : null,
            Default = parameter.Form == QueryForm.Word ? parameter.Default : null,
        };
}
