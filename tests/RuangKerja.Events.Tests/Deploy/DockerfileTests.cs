using System.Text.Json;
using RuangKerja.Events.Service;

namespace RuangKerja.Events.Tests.Deploy;

public sealed class DockerfileTests
{
    private static readonly string Executable = typeof(ExitCode).Assembly.GetName().Name!;

    private static readonly List<(string Word, string Arguments)> Instructions =
    [
        .. Repository
            .Read("deploy/Dockerfile")
            .Split('\n')
            .Where(line => line.Length > 0 && !line.StartsWith('#'))
            .Select(line => line.Split(' ', 2))
            .Select(parts => (parts[0], parts[1])),
    ];

    private static IEnumerable<string> All(string word) =>
        Instructions.Where(i => i.Word == word).Select(i => i.Arguments);

    private static string[] Json(string text) => JsonSerializer.Deserialize<string[]>(text[text.IndexOf('[')..])!;

    [Fact]
    public void Instructions_AreOneALine() =>
        Instructions.ShouldAllBe(i =>
            new[] { "FROM", "WORKDIR", "COPY", "RUN", "USER", "HEALTHCHECK", "ENTRYPOINT" }.Contains(i.Word)
        );

    [Fact]
    public void Images_AreMicrosoftsAndPinnedToAPatch()
    {
        var images = All("FROM").Select(rest => rest.Split(' ')[0]).ToList();

        images.Count.ShouldBe(2);
        images[0].ShouldMatch(@"\Amcr\.microsoft\.com/dotnet/sdk:10\.0\.\d{3}-noble\z");
        images[1].ShouldMatch(@"\Amcr\.microsoft\.com/dotnet/aspnet:10\.0\.\d{1,2}-noble\z");
    }

    [Fact]
    public void Sdk_IsNotOlderThanGlobalJsonAsksFor()
    {
        var asked = JsonDocument
            .Parse(Repository.Read("global.json"))
            .RootElement.GetProperty("sdk")
            .GetProperty("version");
        var image = All("FROM").First().Split(' ')[0];

        Version
            .Parse(image.Split(':')[1].Split('-')[0])
            .ShouldBeGreaterThanOrEqualTo(Version.Parse(asked.GetString()!));
    }

    [Fact]
    public void CopiedPaths_ExistAndAreSentToTheBuilder()
    {
        var sent = Repository
            .Read(".dockerignore")
            .Split('\n')
            .Where(l => l.StartsWith('!'))
            .Select(l => l[1..])
            .ToList();
        var sources = All("COPY")
            .Where(rest => !rest.StartsWith("--from", StringComparison.Ordinal))
            .SelectMany(rest => rest.Split(' ')[..^1])
            .ToList();

        sources.ShouldNotBeEmpty();
        sources.ShouldAllBe(path => Repository.Has(path));
        sources.ShouldBe(sent, ignoreOrder: true);
    }

    [Fact]
    public void SettingsOfTheBuild_AreAllCopied()
    {
        var copied = All("COPY").First().Split(' ');
        var settings = Directory.EnumerateFiles(Repository.Root, "Directory.*").Select(Path.GetFileName).ToList();

        settings.Count.ShouldBeGreaterThan(1);
        settings.ShouldAllBe(file => copied.Contains(file));
    }

    [Fact]
    public void ProjectReferences_AreAllCopied()
    {
        string[] copied = ["contracts/RuangKerja.Events.Contracts/", "src/"];
        var seen = new HashSet<string>(StringComparer.Ordinal);
        Follow("src/RuangKerja.Events.Service/RuangKerja.Events.Service.csproj");

        seen.Count.ShouldBeGreaterThan(2);
        seen.ShouldAllBe(project => copied.Any(folder => project.StartsWith(folder, StringComparison.Ordinal)));

        void Follow(string project)
        {
            if (!seen.Add(project))
                return;
            var references = System
                .Xml.Linq.XDocument.Parse(Repository.Read(project))
                .Descendants("ProjectReference")
                .Select(reference =>
                    Path.Combine(Path.GetDirectoryName(project)!, reference.Attribute("Include")!.Value)
                );
            foreach (var reference in references)
                Follow(Path.GetRelativePath(Repository.Root, Path.GetFullPath(reference, Repository.Root)));
        }
    }

    [Fact]
    public void PublishedProject_IsTheExecutablesAndGoesWhereItIsCopiedFrom()
    {
        var publish = All("RUN").ShouldHaveSingleItem().Split(' ');

        publish[..2].ShouldBe(["dotnet", "publish"]);
        Repository.Read(publish[2]).ShouldContain($"<AssemblyName>{Executable}</AssemblyName>");
        var output = publish[Array.IndexOf(publish, "--output") + 1];
        All("COPY").Last().ShouldBe($"--from=build {output} ./");
        All("WORKDIR").Last().ShouldBe("/app");
    }

    [Fact]
    public void PublishedProgram_HasTheMartenEngine() =>
        All("RUN").ShouldHaveSingleItem().Split(' ').ShouldContain("-p:UseMarten=true");

    [Fact]
    public void EntryPoint_IsTheExecutable() =>
        Json(All("ENTRYPOINT").ShouldHaveSingleItem()).ShouldBe([$"/app/{Executable}"]);

    [Fact]
    public void User_IsNotRoot() => All("USER").ShouldHaveSingleItem().ShouldBe("$APP_UID");

    [Fact]
    public void HealthCheck_IsACommandOfTheExecutable()
    {
        var command = Json(All("HEALTHCHECK").ShouldHaveSingleItem());

        command[0].ShouldBe($"/app/{Executable}");
        CommandLine.UsageFaults(command[1..]).ShouldBeEmpty();
        command[1..].ShouldBe(["status", "--live"], "what is not ready is not to be restarted");
    }
}
