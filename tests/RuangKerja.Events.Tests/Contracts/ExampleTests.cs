using System.Text.Json;
using System.Text.Json.Nodes;
using NJsonSchema;
using RuangKerja.Events.Contracts;

namespace RuangKerja.Events.Tests.Contracts;

/// <summary>
/// The golden messages of every released version: today's records read them without loss, and what today's records write
/// is still what those versions promised.
/// </summary>
public sealed class ExampleTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "contracts/examples");

    /// <summary>By version and message: <c>1.0/course-completed</c>.</summary>
    public static TheoryData<string> Names { get; } =
    [
        .. Directory
            .GetFiles(Folder, "*.json", SearchOption.AllDirectories)
            .Select(file => Path.ChangeExtension(Path.GetRelativePath(Folder, file), null))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Every_message_has_one() =>
        MessageTypes
            .All.Where(type => type != typeof(CourseStatusChanged))
            .Select(MessageTypes.FileName)
            .ShouldBe(Names.Select(name => MessageOf(name.Data)).Distinct(), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_is_read_and_written_back_as_it_is(string name)
    {
        var message = Body(name)["message"]!;

        var read = message.Deserialize(TypeOf(name), MessageTypes.OnTheWire);

        JsonNode.DeepEquals(JsonSerializer.SerializeToNode(read, MessageTypes.OnTheWire), message).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Example_fits_its_schema(string name)
    {
        var schema = await JsonSchema.FromJsonAsync(Repository.Read($"contracts/schemas/{MessageOf(name)}.json"));

        schema.Validate(Body(name)["message"]!.ToJsonString()).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Example_says_of_what_type_it_is(string name)
    {
        var type = TypeOf(name);
        string[] expected =
            type.BaseType == typeof(CourseStatusChanged) ? [type.Name, type.BaseType.Name] : [type.Name];

        Body(name)["messageType"]!
            .AsArray()
            .Select(urn => (string?)urn)
            .ShouldBe(expected.Select(t => $"urn:message:{type.Namespace}:{t}"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Published_example_agrees_with_its_headers(string name)
    {
        if (TypeOf(name).BaseType != typeof(CourseStatusChanged))
            return;

        var example = Example(name);
        var message = example["body"]!["message"]!;
        ((string?)example["routingKey"]).ShouldBe($"{message["company"]}.{message["kind"]}");
        ((string?)example["properties"]!["messageId"]).ShouldBe((string?)message["eventId"]);
        ((string?)example["headers"]!["cloudEvents:id"]).ShouldBe((string?)message["eventId"]);
        ((string?)example["headers"]!["cloudEvents:type"]).ShouldBe($"ruangkerja.course.{message["kind"]}.v1");
        ((string?)example["headers"]!["cloudEvents:subject"]).ShouldBe((string?)message["assignmentId"]);
        JsonNode.DeepEquals(example["headers"], example["body"]!["headers"]).ShouldBeTrue();
    }

    private static string MessageOf(string name) => Path.GetFileName(name);

    private static Type TypeOf(string name) =>
        MessageTypes.All.Single(type => MessageTypes.FileName(type) == MessageOf(name));

    private static JsonNode Body(string name) => Example(name)["body"]!;

    private static JsonNode Example(string name) => JsonNode.Parse(Repository.Read($"contracts/examples/{name}.json"))!;
}
