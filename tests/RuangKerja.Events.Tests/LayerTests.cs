using System.Xml.Linq;

namespace RuangKerja.Events.Tests;

/// <summary>Dependencies point one way: what a stage may not know, its files do not name.</summary>
public sealed class LayerTests
{
    private static readonly string[] Database = ["Npgsql", "RuangKerja.Events.Storage"];
    private static readonly string[] Broker = ["MassTransit", "RabbitMQ", "RuangKerja.Events.Relay"];
    private static readonly string[] Http = ["System.Net.Http", "RuangKerja.Events.Api"];

    public static readonly TheoryData<string, string[]> Forbidden = new()
    {
        { "Courses", [.. Database, .. Broker, .. Http] },
        { "Api", [.. Database, .. Broker] },
        { "Detection", [.. Database, .. Broker, "System.Net.Http", "Microsoft.Extensions.Logging"] },
        { "Polling", ["Npgsql", "RabbitMQ", "RuangKerja.Events.Relay", "System.Net.Http"] },
        { "Storage", ["RuangKerja.Events.Diagnostics", "RuangKerja.Events.Replay", .. Broker, .. Http] },
        { "Relay", ["Npgsql", "RuangKerja.Events.Replay", .. Http] },
        { "Replay", ["Npgsql", "RuangKerja.Events.Polling", "RuangKerja.Events.Detection", .. Http] },
        {
            "Errors",
            ["Npgsql", "RuangKerja.Events.Storage", "RuangKerja.Events.Polling", "RuangKerja.Events.Detection", .. Http]
        },
        { "Diagnostics", ["Npgsql", "RuangKerja.Events.Polling", .. Broker, .. Http] },
    };

#if !MARTEN
    [Fact]
    public void A_build_without_marten_has_nothing_of_it() =>
        Directory
            .EnumerateFiles(AppContext.BaseDirectory, "*.dll")
            .Select(Path.GetFileName)
            .ShouldNotContain(name =>
                name!.Contains("Marten") || name.StartsWith("JasperFx") || name.StartsWith("Weasel")
            );
#endif

    [Theory]
    [MemberData(nameof(Forbidden))]
    public void Stage_names_nothing_it_may_not_know(string stage, string[] forbidden)
    {
        var files = FilesOf(stage);
        files.ShouldNotBeEmpty();

        foreach (var file in files)
        {
            Usings(file).ShouldAllBe(name => !forbidden.Any(f => name == f || name.StartsWith(f + ".")), file);
        }
    }

    /// <summary>Types that need no using: a stage may not name them in its text either.</summary>
    [Theory]
    [InlineData(
        "Courses",
        "HttpClient",
        "Npgsql",
        "IEventStore",
        "IOutbox",
        "IBus",
        "ILogger",
        "TimeProvider",
        "UtcNow"
    )]
    [InlineData(
        "Detection",
        "HttpClient",
        "Npgsql",
        "IEventStore",
        "IOutbox",
        "IBus",
        "ILogger",
        "TimeProvider",
        "UtcNow"
    )]
    [InlineData("Api", "Npgsql", "IEventStore", "IOutbox", "IBus", "Storage.", "Relay.")]
    [InlineData("Polling", "HttpClient", "Npgsql", "IOutbox", "Relay.")]
    [InlineData("Storage", "HttpClient", "IRuangKerjaApi", "IBus", "IConnection", "Relay.")]
    [InlineData("Relay", "HttpClient", "IRuangKerjaApi", "NpgsqlConnection", "NpgsqlCommand")]
    [InlineData("Errors", "HttpClient", "IRuangKerjaApi", "NpgsqlConnection", "NpgsqlCommand", "IOutbox")]
    [InlineData("Replay", "HttpClient", "IRuangKerjaApi", "NpgsqlConnection", "NpgsqlCommand", "IOutbox")]
    public void Stage_names_no_type_of_what_it_may_not_know(string stage, params string[] forbidden)
    {
        foreach (var file in FilesOf(stage))
        {
            var code = File.ReadLines(file).Where(line => !line.TrimStart().StartsWith("//"));
            var text = string.Join('\n', code);
            forbidden.ShouldAllBe(name => !text.Contains(name), file);
        }
    }

    [Theory]
    [InlineData("contracts/RuangKerja.Events.Contracts", "Reference")]
    [InlineData("src/RuangKerja.Simulator", "RuangKerja.Events")]
    [InlineData("src/RuangKerja.LocalServers", "RuangKerja.Events")]
    public void Project_knows_nothing_of_the_pipeline(string folder, string forbidden)
    {
        var file = Directory.GetFiles(Path.Combine(Repository.Root, folder), "*.csproj").ShouldHaveSingleItem();

        var items = XDocument.Load(file).Descendants("ItemGroup").Elements();
        items.ShouldAllBe(item => !item.ToString().Contains(forbidden), file);
    }

    private static string[] FilesOf(string stage) =>
        Directory.GetFiles(
            Path.Combine(Repository.Root, "src/RuangKerja.Events", stage),
            "*.cs",
            SearchOption.AllDirectories
        );

    /// <summary>The names in <c>using X;</c>, <c>using static X;</c> and <c>using A = X;</c>.</summary>
    private static IEnumerable<string> Usings(string file) =>
        File.ReadLines(file)
            .Where(line => line.StartsWith("using ") && line.EndsWith(';'))
            .Select(line => line["using ".Length..^1].Split(' ')[^1]);
}
