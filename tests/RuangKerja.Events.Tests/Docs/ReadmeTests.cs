using System.CommandLine;
using System.Text.Json;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Commands;
using RuangKerja.Events.Service.Configuration;

namespace RuangKerja.Events.Tests.Docs;

/// <summary>What the README names is there, under that name.</summary>
public sealed class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public void Every_path_in_the_flow_map_exists_and_every_main_type_is_a_file_there()
    {
        var rows = Text.Split('\n')
            .Where(line => line.StartsWith("| ") && line.Contains("| `src/"))
            .Select(Cells)
            .ToList();
        rows.Count.ShouldBe(9);

        foreach (var row in rows)
        {
            var folder = Path.Combine(Repository.Root, row[1]);
            foreach (var type in row[2].Split(", "))
                File.Exists(Path.Combine(folder, $"{type}.cs")).ShouldBeTrue($"{row[1]}/{type}.cs");
            Directory.GetFiles(Path.Combine(Repository.Root, row[3]), "*.cs").ShouldNotBeEmpty(row[3]);
        }
    }

    [Fact]
    public void Every_path_in_backticks_exists()
    {
        var named = Backticked()
            .Where(t => t.Contains('/') && !t.StartsWith('/') && !t.Contains(' ') && IsInside(t))
            .ToList();
        named.ShouldNotBeEmpty();

        named.ShouldAllBe(path => Path.Exists(Path.Combine(Repository.Root, path)) || path.Contains("/bin/"));

        static bool IsInside(string text) => Path.Exists(Path.Combine(Repository.Root, text.Split('/')[0]));
    }

    [Fact]
    public void Every_promise_has_tests_that_carry_its_id()
    {
        var promises = Text.Split('\n')
            .Where(line => line.StartsWith("| **P"))
            .Select(line => line.Split('*')[2])
            .ToList();
        promises.ShouldBe(["P1", "P2", "P3", "P4", "P5", "P6"]);
        var tests = Directory
            .GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Select(File.ReadAllText)
            .ToList();

        promises.ShouldAllBe(promise => tests.Exists(test => test.Contains($"[Trait(\"Promise\", \"{promise}\")]")));
    }

    [Fact]
    public void Every_setting_the_service_reads_is_named()
    {
        var named = Backticked().SelectMany(t => t.Split(", ")).ToHashSet();

        Keys.Fixed.Where(key => !named.Contains(key)).ShouldBeEmpty();
    }

    [Fact]
    public void Every_setting_is_one_the_service_reads()
    {
        var sections = Keys.Sections.Select(section => section + ":").ToArray();
        var named = Backticked().Where(t => sections.Any(t.StartsWith) && !t.Contains('…')).ToList();
        named.Count.ShouldBeGreaterThan(10);

        named.ShouldAllBe(key => Keys.IsKnown(key));
    }

    [Fact]
    public void Every_command_is_one_the_executable_has()
    {
        var context = new CommandContext { Out = TextWriter.Null, Error = TextWriter.Null };
        var lines = Text.Split('\n').Where(line => line.StartsWith("ruangkerja-events ")).ToList();
        lines.Count.ShouldBeGreaterThanOrEqualTo(4);

        foreach (var line in lines)
        {
            var words = line.Split('#')[0].Trim().Split(' ')[1..];
            Program.CommandTree(context).Parse(words).Errors.ShouldBeEmpty(line);
        }
    }

    [Fact]
    public void Every_command_of_dev_is_one_it_has()
    {
        var dev = File.ReadAllText(Path.Combine(Repository.Root, "dev"));
        var verbs = Text.Split('\n')
            .Where(line => line.StartsWith("./dev "))
            .Select(line => line.Split(' ')[1])
            .ToList();
        verbs.ShouldBe(["demo", "test"]);

        verbs.ShouldAllBe(verb => dev.Contains($"    {verb})"));
    }

    [Fact]
    public void Every_exit_code_is_named()
    {
        var sentence = Text[Text.IndexOf("Exit codes:")..].Split("\n\n")[0].ReplaceLineEndings(" ");
        foreach (var code in Enum.GetValues<ExitCode>())
            sentence.ShouldContain($" {(int)code} ");
    }

    [Fact]
    public void The_message_shown_is_one_that_is_sent()
    {
        var shown = JsonSerializer.Deserialize<CourseCompleted>(
            Text.Split("```json")[1].Split("```")[0],
            JsonSerializerOptions.Web
        );

        typeof(CourseStatusChanged).GetProperties().ShouldAllBe(member => member.GetValue(shown) != null);
    }

    [Fact]
    public void Every_message_is_named()
    {
        var messages = typeof(CourseStatusChanged)
            .Assembly.GetExportedTypes()
            .Where(t => t.IsAssignableTo(typeof(CourseStatusChanged)));

        messages.Select(m => m.Name).Except(Backticked()).ShouldBeEmpty();
    }

    private static string[] Cells(string row) =>
        [.. row.Trim('|', ' ').Split('|').Select(c => c.Trim().Replace("`", ""))];

    private static List<string> Backticked() => [.. Text.Split('`').Where((_, i) => i % 2 == 1)];
}
