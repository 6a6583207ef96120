using System.Diagnostics;
using System.IO.Compression;
using System.Xml.Linq;

namespace RuangKerja.Events.Tests.Packages;

/// <summary>What subscribers in .NET get from NuGet, as <c>dotnet pack</c> makes it.</summary>
public sealed class PackageTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ruangkerja-packages-");

    /// <summary>Project, and the packages it depends on.</summary>
    public static TheoryData<string, string[]> Packages { get; } =
        new()
        {
            { "contracts/RuangKerja.Events.Contracts", [] },
            {
                "src/RuangKerja.Events.Subscriber",
                ["RuangKerja.Events.Contracts", "MassTransit.RabbitMQ", "Microsoft.Extensions.Hosting", "Npgsql"]
            },
        };

    [Theory]
    [MemberData(nameof(Packages))]
    public async Task APackage_HoldsWhatItsReadersNeed_AndNoMore(string project, string[] dependencies)
    {
        var name = Path.GetFileName(project);

        await PackAsync(project);

        using var package = Open($"{name}.*.nupkg");
        Files(package).ShouldBe([$"lib/net10.0/{name}.dll", $"lib/net10.0/{name}.xml", "README.md"], ignoreOrder: true);
        Text(package, "README.md").ShouldStartWith($"# {name}\n");
        Text(package, $"lib/net10.0/{name}.xml").ShouldContain($"<member name=\"T:{name}.");
        var metadata = XDocument.Parse(Text(package, $"{name}.nuspec")).Root!.Elements().Single();
        Value(metadata, "id").ShouldBe(name);
        Value(metadata, "readme").ShouldBe("README.md");
        Value(metadata, "license").ShouldBe("MIT");
        Value(metadata, "description").ShouldNotBe("Package Description");
        // Nothing that leads to a place nobody can vouch for.
        Child(metadata, "projectUrl").ShouldBeNull();
        Child(metadata, "repository").ShouldBeNull();
        metadata
            .Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => element.Attribute("id")!.Value)
            .ShouldBe(dependencies, ignoreOrder: true);

        using var symbols = Open($"{name}.*.snupkg");
        Files(symbols).ShouldBe([$"lib/net10.0/{name}.pdb"]);
    }

    [Fact]
    public void NothingElse_IsPacked()
    {
        var packed = Directory
            .GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains("<IsPackable>true"))
            .Select(file => Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!));

        packed.ShouldBe(Packages.Select(row => row.Data.Item1), ignoreOrder: true);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Packs what was built with these tests.</summary>
    private async Task PackAsync(string project)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        var start = new ProcessStartInfo(
            "dotnet",
            [
                "pack",
                project,
                "--no-build",
                "--configuration",
                configuration,
                "--output",
                _folder.FullName,
                "-nodeReuse:false",
            ]
        )
        {
            UseShellExecute = false,
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var pack = Process.Start(start)!;
        var output = pack.StandardOutput.ReadToEndAsync();
        var error = pack.StandardError.ReadToEndAsync();
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await pack.WaitForExitAsync(deadline.Token);
        pack.ExitCode.ShouldBe(0, await output + await error);
    }

    private ZipArchive Open(string pattern) =>
        ZipFile.OpenRead(Directory.GetFiles(_folder.FullName, pattern).ShouldHaveSingleItem());

    /// <summary>Its files, without those by which a package is made.</summary>
    private static IEnumerable<string> Files(ZipArchive package) =>
        package
            .Entries.Select(entry => entry.FullName)
            .Where(name =>
                !name.StartsWith("_rels/")
                && !name.StartsWith("package/")
                && !name.EndsWith(".nuspec")
                && name != "[Content_Types].xml"
            );

    private static string Text(ZipArchive package, string file)
    {
        using var reader = new StreamReader(package.GetEntry(file).ShouldNotBeNull(file).Open());
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static XElement? Child(XElement metadata, string name) =>
        metadata.Elements().SingleOrDefault(element => element.Name.LocalName == name);

    private static string? Value(XElement metadata, string name) => Child(metadata, name)?.Value;
}
