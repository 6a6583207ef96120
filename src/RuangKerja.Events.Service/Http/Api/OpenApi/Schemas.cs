using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api.Queries;
using RuangKerja.Events.Service.Http.Problems;
using RuangKerja.Events.Storage.Replays;
using Contract = RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Service.Http.Api.OpenApi;

/// <summary>Says of the bodies what their types do not: how they are written, and what is open to be added to.</summary>
internal static partial class Schemas
{
    private const string Message = nameof(Contract.CourseStatusChanged);
    private const string KeptFilter = "KeptReplayFilter";
    private const string Filter = "filter";
    private const string Held = "held";

    // What is sent to us; members may be added to all else.
    private static readonly string[] Closed = [nameof(ReplayBody), nameof(ReplayFilter), nameof(ReplayHeld)];

    private static readonly Dictionary<string, IReadOnlyList<string>> WordsOf = new()
    {
        ["CourseStatuses"] = Words.Of<CourseStatus>(),
        ["ChangeKinds"] = Words.Of<ChangeKind>(),
        ["Precisions"] = Words.Of<OccurredAtPrecision>(),
    };

    /// <summary>Makes the schemas that no operation leads to by itself.</summary>
    public static async Task AddAsync(
        OpenApiDocumentTransformerContext context,
        OpenApiDocument document,
        CancellationToken cancellationToken
    )
    {
        document.AddComponent(Message, await Of(typeof(Contract.CourseStatusChanged)));
        document.AddComponent(nameof(UnreadableEvent), await Of(typeof(UnreadableEvent)));

        Task<OpenApiSchema> Of(Type type) => context.GetOrCreateSchemaAsync(type, null, cancellationToken);
    }

    /// <summary>An instant has a form of its own to be read in, which hides from the framework that it is a text.</summary>
    public static Task DescribeInstants(
        OpenApiSchema schema,
        OpenApiSchemaTransformerContext context,
        CancellationToken _
    )
    {
        if (context.JsonTypeInfo.Type == typeof(DateTimeOffset) || context.JsonTypeInfo.Type == typeof(DateTimeOffset?))
            schema.Type = JsonSchemaType.String;
        return Task.CompletedTask;
    }

    /// <summary>Finishes all schemas.</summary>
    public static void Finish(OpenApiDocument document)
    {
        var schemas = document.Components!.Schemas!;
        foreach (var (name, schema) in schemas.Select(pair => (pair.Key, (OpenApiSchema)pair.Value)))
        {
            foreach (var (member, described) in schema.Properties?.ToList() ?? [])
                schema.Properties![member] = Tell(WithoutNull(described));
            schema.AdditionalPropertiesAllowed = !Closed.Contains(name);
        }

        OpenKeptFilter(document, schemas);
        TellOfStarts(document);
        ((OpenApiSchema)schemas[nameof(Problem)]).Properties!["state"] = new OpenApiSchemaReference(
            nameof(ReplayState),
            document
        )
        {
            Description = "The state that the replay is in, when that is in the way.",
        };
        // A message, or an event that cannot be read.
        ((OpenApiSchema)((OpenApiSchema)schemas[nameof(EventPage)]).Properties!["events"]).Items = new OpenApiSchema
        {
            AnyOf =
            [
                new OpenApiSchemaReference(Message, document),
                new OpenApiSchemaReference(nameof(UnreadableEvent), document),
            ],
        };
    }

    /// <summary>
    /// A filter that is shown is the one that was asked for, but answers gain members, and what the requester has is not shown.
    /// </summary>
    private static void OpenKeptFilter(OpenApiDocument document, IDictionary<string, IOpenApiSchema> schemas)
    {
        var kept = (OpenApiSchema)schemas[nameof(ReplayFilter)].CreateShallowCopy();
        kept.Properties = kept.Properties!.Where(member => member.Key != Held).ToDictionary();
        kept.AdditionalPropertiesAllowed = true;
        document.AddComponent(KeptFilter, kept);
        var replay = ((OpenApiSchema)schemas[nameof(ReplayView)]).Properties!;
        replay[Filter] = new OpenApiSchemaReference(KeptFilter, document) { Description = replay[Filter].Description };
    }

    /// <summary>200 is the answer to a dry run, and to a request that was made before.</summary>
    private static void TellOfStarts(OpenApiDocument document)
    {
        var start = document.Paths[$"{HttpApi.Root}/replays"].Operations![HttpMethod.Post];
        var known = (OpenApiResponse)start.Responses!["200"];
        known.Description =
            "What a replay would come to, with `dryRun=true`; or the replay that this `requestId` has made before.";
        known.Content!["application/json"].Schema = new OpenApiSchema
        {
            AnyOf =
            [
                new OpenApiSchemaReference(nameof(ReplayEstimateView), document),
                new OpenApiSchemaReference(nameof(ReplayView), document),
            ],
        };
    }

    /// <summary>A member that says nothing is left out, not null.</summary>
    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
            return schema;
        if (own.OneOf is [_, var other])
            return other;

        own.Type &= ~JsonSchemaType.Null;
        own.Enum = own.Enum?.Where(word => word?.GetValueKind() == JsonValueKind.String).ToList();
        return own;
    }

    /// <summary>Doc comments speak of members and of lists of words as the code does.</summary>
    private static IOpenApiSchema Tell(IOpenApiSchema schema)
    {
        if (schema.Description is not { } text)
            return schema;
        text = Member()
            .Replace(text, match => $"`{JsonNamingPolicy.CamelCase.ConvertName(match.Groups["name"].Value)}`");
        foreach (var (name, words) in WordsOf)
            text = text.Replace(
                $"one of {name}",
                $"one of {string.Join(", ", words.Select(word => $"`{word}`"))}",
                StringComparison.Ordinal
            );
        schema.Description = text;
        return schema;
    }

    [GeneratedRegex($@"\w+ {Message}\.(?<name>\w+)", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Member();
}
