using System.Text.Json.Nodes;

namespace RuangKerja.Events.Tests.Contracts;

/// <summary>What teams downstream generate their classes from.</summary>
public sealed class SchemaTests
{
    public static TheoryData<string> Names { get; } = [.. MessageTypes.All.Select(MessageTypes.FileName)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Schema_is_the_records(string name)
    {
        var type = MessageTypes.All.Single(t => MessageTypes.FileName(t) == name);

        Pinned.ShouldBe($"contracts/schemas/{name}.json", MessageSchema.Of(type));
    }

    [Fact]
    public void Every_schema_is_of_a_message() =>
        Directory
            .GetFiles(Path.Combine(Repository.Root, "contracts/schemas"))
            .Select(Path.GetFileNameWithoutExtension)
            .ShouldBe(Names.Select(name => name.Data), ignoreOrder: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_member_is_described(string name)
    {
        var schema = JsonNode.Parse(Repository.Read($"contracts/schemas/{name}.json"))!;

        Undescribed(schema, name).ShouldBeEmpty();
    }

    private static IEnumerable<string> Undescribed(JsonNode? schema, string path) =>
        schema switch
        {
            JsonObject node => (node["properties"] as JsonObject ?? [])
                .Where(member => string.IsNullOrWhiteSpace((string?)member.Value?["description"]))
                .Select(member => $"{path}.{member.Key}")
                .Concat(node.SelectMany(member => Undescribed(member.Value, $"{path}.{member.Key}"))),
            JsonArray nodes => nodes.SelectMany(node => Undescribed(node, path)),
            _ => [],
        };
}
