using System.CommandLine;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service;
using RuangKerja.Events.Service.Commands;
using RuangKerja.Events.Service.Commands.History;
using RuangKerja.Events.Service.Commands.Replay;
using RuangKerja.Events.Storage.History;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Service;

/// <summary>Which events a command line means.</summary>
public sealed class FilterArgumentsTests
{
    private static readonly string[] Companies = ["acme", "globex"];

    private readonly Dictionary<string, string> _files = [];

    [Fact]
    public void EveryOption_NarrowsWhatItSays()
    {
        var filter = Read([
            "--company",
            "acme",
            "--company",
            "globex",
            "--from",
            "2026-01-01T00:00:00+07:00",
            "--to",
            "2026-02-01T00:00:00Z",
            "--occurred-from",
            "2025-01-01T00:00:00Z",
            "--occurred-to",
            "2026-01-01T00:00:00Z",
            "--from-sequence",
            "3",
            "--to-sequence",
            "9",
            "--employee",
            "E-1",
            "--course",
            "Safety",
            "--course-serial",
            "C-1",
            "--assignment",
            "A/1",
            "--kind",
            "completed",
            "--kind",
            "reset",
            "--status",
            "in_progress",
            "--baseline",
        ]).Filter;

        filter.Companies.Select(company => company.Name).ShouldBe(Companies);
        filter.RecordedFrom.ShouldBe(new DateTimeOffset(2025, 12, 31, 17, 0, 0, TimeSpan.Zero));
        filter.RecordedBefore.ShouldBe(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        filter.OccurredFrom.ShouldBe(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        filter.OccurredBefore.ShouldBe(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        (filter.FirstSequence, filter.LastSequence).ShouldBe((3, 9));
        (filter.EmployeeId, filter.CourseName, filter.CourseSerial).ShouldBe(("E-1", "Safety", "C-1"));
        filter.AssignmentId.ShouldBe(new AssignmentId("A/1"));
        filter.Kinds.ShouldBe([ChangeKind.Completed, ChangeKind.Reset]);
        filter.Statuses.ShouldBe([CourseStatus.InProgress]);
        filter.Baseline.ShouldBeTrue();
        filter.Held.ShouldBeNull();
    }

    [Fact]
    public void NoOption_NarrowsNothing()
    {
        var filter = Read([]).Filter;

        (filter.Companies.Count, filter.Kinds.Count, filter.Statuses.Count).ShouldBe((0, 0, 0));
        (filter with { Companies = [], Kinds = [], Statuses = [] }).ShouldBe(new EventFilter());
    }

    [Fact]
    public void EverythingThatIsWrong_IsToldAtOnce()
    {
        _files["versions.json"] = """{ "A/1": "four" }""";
        _files["ids.txt"] = "5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11\nseven";

        var error = Should.Throw<UsageException>(() =>
            Read([
                "--company",
                "initech",
                "--from",
                "yesterday",
                "--occurred-from",
                "2026-01-02T00:00:00Z",
                "--occurred-to",
                "2026-01-01T00:00:00Z",
                "--from-sequence",
                "9",
                "--to-sequence",
                "3",
                "--kind",
                "finished",
                "--status",
                "done",
                "--have-versions",
                "versions.json",
                "--have-events",
                "ids.txt",
            ])
        );

        var lines = error.Message.Split(Environment.NewLine);
        lines.Length.ShouldBe(8);
        lines.ShouldContain("--company 'initech': there is acme, globex.");
        lines.ShouldContain(line => line.StartsWith("--from 'yesterday': write an instant with its offset"));
        lines.ShouldContain(line => line.StartsWith("--occurred-from 2026-01-02T00:00:00"));
        lines.ShouldContain("--from-sequence 9: write one up to --to-sequence 3.");
        lines.ShouldContain($"--kind 'finished': there is {ChangeKindWords.All}.");
        lines.ShouldContain($"--status 'done': there is {CourseStatusWords.All}.");
        lines.ShouldContain(line => line.StartsWith("--have-versions 'versions.json': it is no JSON object"));
        lines.ShouldContain(line => line.StartsWith("--have-events 'ids.txt': line 2 is no event id"));
    }

    [Fact]
    public void FileThatIsNotThere_IsTold() =>
        Should.Throw<UsageException>(() => Read(["--have-versions", "gone.json"])).Message.ShouldContain("gone.json");

    [Fact]
    public void WhatTheSubscriberHas_IsReadFromItsFiles()
    {
        _files["versions.json"] = """{ "A/1": 4, "A/2": 0 }""";
        _files["ids.txt"] = "5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11\r\n\r\n6F0C4A52-7D43-4C3E-9A0F-5B3A3D1F9A11\r\n";

        var request = Read(["--rate", "50", "--have-versions", "versions.json", "--have-events", "ids.txt"]);

        (request.Destination, request.Rate, request.RequestedBy).ShouldBe(("hr", 50, "rina"));
        request.Door.ShouldBe(ReplayDoor.CommandLine);
        var held = request.Filter.Held.ShouldNotBeNull();
        held.Versions.ShouldBe(
            new Dictionary<AssignmentId, long> { [new AssignmentId("A/1")] = 4, [new AssignmentId("A/2")] = 0 }
        );
        held.EventIds.ShouldBe([
            new Guid("5f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11"),
            new Guid("6f0c4a52-7d43-4c3e-9a0f-5b3a3d1f9a11"),
        ]);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("""{ "A/1": 4, "A/1": 2 }""")]
    [InlineData("""{ "A/1": null }""")]
    [InlineData("[]")]
    public void FileOfVersionsThatIsAmbiguousOrNone_IsRefused(string text)
    {
        _files["versions.json"] = text;

        Should
            .Throw<UsageException>(() => Read(["--have-versions", "versions.json"]))
            .Message.ShouldContain("it is no JSON object such as");
    }

    [Fact]
    public void EmptyFileOfWhatTheSubscriberHas_MeansThatItHasNothing()
    {
        _files["ids.txt"] = "";

        Read(["--have-events", "ids.txt"]).Filter.Held.ShouldNotBeNull().EventIds.ShouldBeEmpty();
    }

    private ReplayRequest Read(string[] args)
    {
        var arguments = new ReplayStartArguments();
        var command = new RootCommand();
        foreach (var option in arguments.Options)
            command.Add(option);
        var parsed = command.Parse(["--queue", "hr", .. args]);
        parsed.Errors.ShouldBeEmpty();
        var context = new CommandContext
        {
            Out = TextWriter.Null,
            Error = TextWriter.Null,
            User = "rina",
            ReadFile = path =>
                _files.TryGetValue(path, out var text) ? text : throw new FileNotFoundException($"no {path}"),
        };
        return arguments.Read(context, parsed, Companies);
    }
}
