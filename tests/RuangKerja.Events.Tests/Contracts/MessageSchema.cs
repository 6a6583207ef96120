using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Tests.Contracts;

/// <summary>The JSON Schema of a message, from its record: members and types by the framework, texts from the doc comments.</summary>
internal static class MessageSchema
{
    private static readonly JsonSchemaExporterOptions Exporter = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static string Of(Type type)
    {
        var schema = MessageTypes.OnTheWire.GetJsonSchemaAsNode(type, Exporter).AsObject();
        if (KindOf(type) is { } kind)
            schema["properties"]!["kind"]!.AsObject().Add("const", kind);

        var head = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            ["$id"] = $"urn:ruangkerja-events:v1:{MessageTypes.FileName(type)}",
            ["title"] = type.Name,
            ["description"] = MemberDocs.Of(type),
        };
        foreach (var (name, value) in schema.Where(member => member.Key is not ("title" or "description")))
            head.Add(name, value?.DeepClone());
        return head.ToJsonString(MessageTypes.OnTheWire) + "\n";
    }

    /// <summary>The word that each of the published records has for its kind.</summary>
    private static string? KindOf(Type type) =>
        type.BaseType == typeof(CourseStatusChanged)
            ? JsonNamingPolicy.SnakeCaseLower.ConvertName(type.Name["Course".Length..])
            : null;

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (context.PropertyInfo?.AttributeProvider is not PropertyInfo member || node is not JsonObject schema)
            return node;

        schema.Insert(0, "description", MemberDocs.Of(member));
        return schema;
    }
}
