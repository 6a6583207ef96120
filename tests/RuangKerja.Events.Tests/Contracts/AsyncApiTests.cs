using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit.RabbitMqTransport;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay.Requests;
using YamlDotNet.Serialization;

namespace RuangKerja.Events.Tests.Contracts;

/// <summary>The document that tools generate clients from says what really goes over the wire.</summary>
public sealed class AsyncApiTests
{
    private const string Path = "contracts/asyncapi.yaml";

    private static readonly JsonNode Document = Read();

    [Fact]
    public void Every_reference_leads_somewhere()
    {
        var references = Values(Document, "$ref").Concat(Values(Document, "url")).ToList();

        references.Count.ShouldBeGreaterThan(50);
        references.Where(reference => !Exists(reference)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_message_is_in_it() =>
        Keys("components", "messages")
            .ShouldBe(
                MessageTypes
                    .All.Where(type => type != typeof(CourseStatusChanged))
                    .Select(type => JsonNamingPolicy.CamelCase.ConvertName(type.Name)),
                ignoreOrder: true
            );

    [Fact]
    public void Exchanges_are_those_that_are_published_to()
    {
        var names = DefaultEndpointNames();

        Keys("channels")
            .Select(channel => (string?)Document["channels"]![channel]!["bindings"]?["amqp"]?["exchange"]?["name"])
            .OfType<string>()
            .ShouldBe([.. names, ExchangeNames.Topic], ignoreOrder: true);
    }

    [Fact]
    public void Requests_for_replays_are_taken_where_and_as_it_says()
    {
        var channel = Document["channels"]!["replayRequests"]!;
        var payload = Document["components"]!["messages"]!["requestReplay"]!["payload"]!["oneOf"]!.AsArray();

        ((string?)channel["address"]).ShouldBe(ReplayRequestQueue.Name);
        ((string?)channel["bindings"]!["amqp"]!["queue"]!["name"]).ShouldBe(ReplayRequestQueue.Name);
        payload.Count.ShouldBe(2);
        ((string?)payload[1]!["$ref"]).ShouldBe("./schemas/request-replay.json", "bare JSON is taken too");
    }

    [Fact]
    public void Headers_are_those_of_the_examples()
    {
        var documented = Keys("components", "messageTraits", "cloudEvent", "headers", "properties");
        var example = JsonNode.Parse(Repository.Read("contracts/examples/1.0/course-completed.json"))!;

        documented.Except(["replayId", "replayed"]).ShouldBe(example["headers"]!.AsObject().Select(h => h.Key));
    }

    private static IEnumerable<string> DefaultEndpointNames()
    {
        var formatter = new RabbitMqMessageNameFormatter();
        return MessageTypes
            .All.Where(type => type.IsAssignableTo(typeof(CourseStatusChanged)))
            .Select(type => formatter.GetMessageName(type).ToString());
    }

    private static bool Exists(string reference)
    {
        if (!reference.StartsWith('#'))
            return Repository.Has(System.IO.Path.Combine("contracts", reference));

        JsonNode? node = Document;
        foreach (var name in reference.Split('/').Skip(1))
            node = node?[name];
        return node is not null;
    }

    private static IEnumerable<string> Keys(params string[] path) =>
        path.Aggregate(Document, (node, name) => node[name]!).AsObject().Select(member => member.Key);

    private static IEnumerable<string> Values(JsonNode? node, string name) =>
        node switch
        {
            JsonObject members => members.SelectMany(member =>
                member.Key == name ? [(string)member.Value!] : Values(member.Value, name)
            ),
            JsonArray items => items.SelectMany(item => Values(item, name)),
            _ => [],
        };

    private static JsonNode Read()
    {
        var yaml = new DeserializerBuilder().Build().Deserialize(Repository.Read(Path));
        var json = new SerializerBuilder().JsonCompatible().Build().Serialize(yaml!);
        return JsonNode.Parse(json)!;
    }
}
