using System.Text.Json.Nodes;
using RuangKerja.Events.Service.Http.Problems;

namespace RuangKerja.Events.Tests.Http;

public sealed class OpenApiTests
{
    private const string Approved = "contracts/openapi.json";

    private static readonly string[] Methods = ["get", "post", "put", "delete", "patch"];

    [Fact]
    public async Task Document_IsTheApprovedOne()
    {
        await using var bench = await HttpBench.StartAsync();

        var document =
            (await bench.Client.GetStringAsync("/api/openapi.json")).ReplaceLineEndings("\n").TrimEnd() + "\n";

        var approved = Repository.Has(Approved) ? Repository.Read(Approved) : "";
        if (document != approved)
            File.WriteAllText(Path.Combine(AppContext.BaseDirectory, "openapi.received.json"), document);
        document.ShouldBe(
            approved,
            $"if it is meant, copy openapi.received.json from {AppContext.BaseDirectory} to {Approved}"
        );
    }

    [Fact]
    public async Task Document_KnowsNothingOfWhereItIsReached()
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);

        var text = (
            await bench.GetAsync("/api/openapi.json", "Host: events.example", $"X-Api-Key: {HttpBench.ViewerKey}")
        ).Body!.ToJsonString();

        text.ShouldNotContain("events.example");
        text.ShouldNotContain("127.0.0.1");
        text.ShouldNotContain("localhost");
    }

    [Fact]
    public void EveryOperation_HasNameSummaryAnswersAndTheCommonProblems()
    {
        var operations = Operations().ToList();
        operations.Count.ShouldBe(12);

        foreach (var (path, operation) in operations)
        {
            ((string?)operation["operationId"]).ShouldNotBeNullOrEmpty(path);
            ((string?)operation["summary"]).ShouldNotBeNullOrEmpty(path);
            var responses = operation["responses"]!.AsObject();
            responses.ShouldContain(pair => pair.Key.StartsWith('2') && pair.Value!["content"] != null, path);
            foreach (var status in (string[])["400", "401", "403", "500", "503"])
                responses[status]!["content"]!["application/problem+json"].ShouldNotBeNull($"{path} {status}");
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                ((string?)parameter!["description"]).ShouldNotBeNullOrEmpty(path);
        }
    }

    [Fact]
    public void EveryMember_IsDescribed()
    {
        var schemas = JsonNode.Parse(Repository.Read(Approved))!["components"]!["schemas"]!.AsObject();
        schemas.ShouldNotBeEmpty();

        foreach (var (name, schema) in schemas)
        {
            foreach (var (member, described) in schema!["properties"]?.AsObject() ?? [])
                ((string?)described!["description"]).ShouldNotBeNullOrEmpty($"{name}.{member}");
        }
    }

    [Fact]
    public void WhatIsAnswered_MayGainMembers()
    {
        var root = JsonNode.Parse(Repository.Read(Approved))!;
        var answers = Operations()
            .SelectMany(operation => operation.Operation["responses"]!.AsObject())
            .Select(response => response.Value!.ToJsonString());
        var (names, next) = (new HashSet<string>(), Names(string.Concat(answers)));
        while (next.Count > 0)
        {
            names.UnionWith(next);
            var found = names.SelectMany(name => Names(root["components"]!["schemas"]![name]!.ToJsonString()));
            next = [.. found.Except(names)];
        }

        names.ShouldContain("ReplayView");
        foreach (var name in names)
            root["components"]!["schemas"]![name]!["additionalProperties"].ShouldBeNull(name);

        static List<string> Names(string json) =>
            [.. json.Split("\"#/components/schemas/")[1..].Select(part => part.Split('"')[0]).Distinct()];
    }

    [Fact]
    public void EveryReference_LeadsSomewhere()
    {
        var text = Repository.Read(Approved);
        var root = JsonNode.Parse(text)!;
        var references = text.Split("\"$ref\": \"#/")[1..].Select(part => part.Split('"')[0]).Distinct().ToList();
        references.ShouldNotBeEmpty();

        foreach (var reference in references)
            reference
                .Split('/')
                .Aggregate<string, JsonNode?>(root, (node, part) => node?[part])
                .ShouldNotBeNull(reference);
    }

    [Fact]
    public void EveryKindOfProblem_IsDocumentedForUsersAndInTheDocumentWhereItCanBeExpected()
    {
        var (document, guide) = (Repository.Read(Approved), Repository.Read("docs/http-api.md"));

        ProblemKind.All.ShouldAllBe(kind => guide.Contains($"`{kind.Name}`"));
        // These come before any operation is found.
        var before = new[] { ProblemKind.NoSuchPath, ProblemKind.MethodNotAllowed };
        ProblemKind.All.Except(before).ShouldAllBe(kind => document.Contains(kind.Type));
    }

    private static IEnumerable<(string Path, JsonNode Operation)> Operations() =>
        from path in JsonNode.Parse(Repository.Read(Approved))!["paths"]!.AsObject()
        from method in path.Value!.AsObject()
        where Methods.Contains(method.Key)
        select ($"{method.Key} {path.Key}", method.Value!);
}
