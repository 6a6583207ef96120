using System.CommandLine.Parsing;
using System.Text;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Events.Service.Commands;
using Program = RuangKerja.Events.Service.Program;

namespace RuangKerja.Events.Tests.Docs;

/// <summary>What the guide to replay shows can be done as it stands there.</summary>
public sealed class ReplayGuideTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs/replay.md"));

    [Fact]
    public void Every_command_is_one_the_executable_has()
    {
        var context = new CommandContext { Out = TextWriter.Null, Error = TextWriter.Null };
        var lines = Text.Split('\n').Where(line => line.StartsWith("ruangkerja-events ")).ToList();
        lines.Count.ShouldBeGreaterThanOrEqualTo(7);

        foreach (var line in lines)
        {
            var words = CommandLineParser.SplitCommandLine(line).Skip(1).ToList();
            Program.CommandTree(context).Parse(words).Errors.ShouldBeEmpty(line);
        }
    }

    [Fact]
    public void The_request_shown_is_one_that_can_be_brought_to_the_desk()
    {
        var shown = Text.Split("```json")[1].Split("```")[0];

        var read = ReplayRequestReader.Read(Encoding.UTF8.GetBytes(shown), new AmqpReply(null, null), "/");

        read.Faults.ShouldBeEmpty();
        read.Request.ShouldNotBeNull().Filter.Kinds.Count.ShouldBe(2);
    }

    [Fact]
    public void Every_member_of_the_request_and_every_answer_is_named()
    {
        var named = Text.Split('`').Where((_, i) => i % 2 == 1).ToHashSet();
        var members = typeof(RequestReplay).GetProperties().Select(m => char.ToLowerInvariant(m.Name[0]) + m.Name[1..]);

        members.Except(named).ShouldBeEmpty();
        foreach (var answer in new[] { nameof(ReplayStarted), nameof(ReplayFinished), nameof(ReplayRejected) })
            named.ShouldContain(answer);
    }
}
