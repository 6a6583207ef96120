using RuangKerja.Events.Courses;
using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Commands;
using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Storage.History;

namespace RuangKerja.Events.Tests.Service;

/// <summary>What <c>history --as-of</c> prints.</summary>
public sealed class HistoryCommandTests
{
    private const string Id = "S1/emp-1";
    private static readonly DateTimeOffset Begin = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Http.MemoryHistory _history = new();
    private readonly StringWriter _out = new();

    [Theory]
    [InlineData(0, "not known yet", false)]
    [InlineData(2, "cannot be told", true)]
    [InlineData(5, "in_progress", false)]
    public async Task PastState_TellsOfVersionsThatCannotBeRead(int minute, string status, bool told)
    {
        _history.Add(1, Id, unreadable: "Broken.");
        _history.Add(4, Id, version: 2);

        (await RunAsync(Begin.AddMinutes(minute), OutputFormat.Table)).ShouldBe(ExitCode.Ok);

        _out.ToString().ShouldContain(status);
        _out.ToString().Contains("cannot be read: version 1", StringComparison.Ordinal).ShouldBe(told);
    }

    [Fact]
    public async Task Json_HasTheVersions()
    {
        _history.Add(1, Id);
        _history.Add(2, Id, version: 2, unreadable: "Broken.");
        _history.Add(4, Id, version: 3);

        await RunAsync(Begin.AddMinutes(3), OutputFormat.Json);

        var state = System.Text.Json.Nodes.JsonNode.Parse(_out.ToString())!.AsArray().ShouldHaveSingleItem()!;
        ((long?)state["state"]!["version"]).ShouldBe(1);
        state["unreadableVersions"]!.ToJsonString().ShouldBe("[2]");
    }

    private Task<ExitCode> RunAsync(DateTimeOffset asOf, OutputFormat output)
    {
        var context = new CommandContext { Out = _out, Error = TextWriter.Null };
        return new HistoryCommand(context, output).RunAsync(
            _history,
            new HistoryQuestion(
                new AssignmentFilter { Companies = [Company.Default] },
                new AssignmentId(Id),
                asOf,
                TimeBasis.Recorded
            ),
            CancellationToken.None
        );
    }
}
