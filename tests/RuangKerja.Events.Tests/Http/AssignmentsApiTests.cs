using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Http;

public sealed class AssignmentsApiTests
{
    public static TheoryData<string> NastyIds { get; } =
        new()
        {
            "S1/emp-1",
            AssignmentId.FromFeed("S/1", "emp/1", "K3").Value,
            AssignmentId.FromFeed("S%2F1", "emp+1 ?#&=", "K3").Value,
            AssignmentId.FromRoster("..", "..").Value,
            AssignmentId.FromRoster("kursus \u00e9\u3042\U0001F600", "100%").Value,
            "history/history",
            "a/b/history",
            "a//b",
            "a%2Fb/c",
            "a/b/c",
            "a%252Fb/c",
        };

    [Theory]
    [MemberData(nameof(NastyIds))]
    public async Task Id_IsFoundAsMessagesCarryIt(string id)
    {
        await using var bench = await HttpBench.StartAsync();
        // Beside all others, that one may be taken for.
        var sequence = 0;
        foreach (var other in NastyIds)
            bench.History.Add(++sequence, other.Data);

        var segment = Uri.EscapeDataString(id);

        ((string?)(await bench.GetAsync($"/api/assignments/{segment}"))["assignmentId"]).ShouldBe(id);
        var history = await bench.GetAsync($"/api/assignments/{segment}/history");
        ((string?)history["assignmentId"]).ShouldBe(id);
        ((string?)history["events"]![0]!["event"]!["assignmentId"]).ShouldBe(id);
    }

    [Fact]
    public async Task PastState_IsOfTheTimeThatCounts()
    {
        await using var bench = await HttpBench.StartAsync();
        var recorded = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
        bench.History.Add(1, at: recorded);
        bench.History.Add(
            2,
            version: 2,
            status: CourseStatus.Completed,
            kind: ChangeKind.Completed,
            at: recorded.AddDays(2)
        );

        // What happened a day before it was recorded.
        (await StatusAsync("2026-03-02T12:00:00Z")).ShouldBe("in_progress");
        (await StatusAsync("2026-03-02T12:00:00Z&basis=occurred")).ShouldBe("completed");
        (await StatusAsync("2026-03-03T07:00:00%2B07:00")).ShouldBe("completed");
        (await StatusAsync("2026-03-03T06:59:59%2B07:00")).ShouldBe("in_progress");

        var early = await bench.GetAsync("/api/assignments/S1%2Femp-1?asOf=2026-02-28T00:00:00Z");
        early.Status.ShouldBe(404);
        early.Problem.ShouldBe("no-such-assignment");

        async Task<string?> StatusAsync(string asOf) =>
            (string?)(await bench.GetAsync($"/api/assignments/S1%2Femp-1?asOf={asOf}"))["status"];
    }

    [Fact]
    public async Task PastState_TellsOfVersionsThatCannotBeRead()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);
        bench.History.Add(2, version: 2, unreadable: "Broken.");

        var after = await bench.GetAsync("/api/assignments/S1%2Femp-1?asOf=2026-06-01T00:00:00Z");
        after["unreadableVersions"]!.ToJsonString().ShouldBe("[2]");
        var before = await bench.GetAsync("/api/assignments/S1%2Femp-1?asOf=2026-01-01T00:01:30Z");
        before["unreadableVersions"].ShouldBeNull();

        var history = await bench.GetAsync("/api/assignments/S1%2Femp-1/history");
        ((string?)history["events"]![1]!["unreadable"]).ShouldBe("Broken.");
    }

    [Fact]
    public async Task List_GoesOnBehindTheLongestId()
    {
        var company = new string('c', 63);
        await using var bench = await HttpBench.StartAsync(keys: null, company);
        var longest = $"S1/{new string('e', AssignmentId.LongestInBytes - 3)}";
        bench.History.Add(1, longest, company: company);
        bench.History.Add(2, "S2/emp-1", company: company);

        var first = await bench.GetAsync("/api/assignments?limit=1");
        var second = await bench.GetAsync($"/api/assignments?after={Uri.EscapeDataString((string)first["next"]!)}");

        ((string?)second["assignments"]!.AsArray().ShouldHaveSingleItem()!["assignmentId"]).ShouldBe("S2/emp-1");
    }

    [Fact]
    public async Task PastState_ThatCannotBeReadAtAllIsNotSaidToBeNone()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1, unreadable: "Broken.");
        bench.History.Add(5, version: 2);

        var answer = await bench.GetAsync("/api/assignments/S1%2Femp-1?asOf=2026-01-01T00:02:00Z");

        answer.Status.ShouldBe(404);
        answer.Problem.ShouldBe("unreadable-state");
        ((string?)answer["detail"])!.ShouldContain("versions cannot be read: 1.");
        (await bench.GetAsync("/api/assignments/S1%2Femp-1?asOf=2026-01-01T00:00:30Z")).Problem.ShouldBe(
            "no-such-assignment"
        );
    }

    [Theory]
    [InlineData("S1%2Femp-1?asOf=2026-01-01", "asOf", "offset")]
    [InlineData("S1%2Femp-1?asOf=2026-01-01T00:00:00", "asOf", "offset")]
    [InlineData("S1%2Femp-1?asOf=2026-01-01T00:00:00+07:00", "asOf", "%2B")]
    [InlineData("S1%2Femp-1?basis=occurred", "basis", "asOf")]
    [InlineData("S1%2Femp-1?asOf=2026-01-01T00:00:00Z&basis=seen", "basis", "recorded, occurred")]
    [InlineData("S1%2Femp-1/history?asOf=2026-01-01T00:00:00Z", "asOf", "no such parameter")]
    [InlineData("S1%2Femp-1?company=acme", "company", "default")]
    public async Task WrongParameter_IsNamed(string path, string name, string allowed)
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);

        var answer = await bench.GetAsync($"/api/assignments/{path}");

        answer.Status.ShouldBe(400);
        answer.Error(name).ShouldContain(allowed);
    }

    [Fact]
    public async Task Company_IsNamedWhereThereAreSeveral()
    {
        await using var bench = await HttpBench.StartAsync(keys: null, "acme", "globex");
        bench.History.Add(1, company: "globex");

        (await bench.GetAsync("/api/assignments/S1%2Femp-1")).Error("company").ShouldContain("acme, globex");
        (await bench.GetAsync("/api/assignments/S1%2Femp-1?company=globex")).Status.ShouldBe(200);
        var other = await bench.GetAsync("/api/assignments/S1%2Femp-1?company=acme");
        other.Problem.ShouldBe("no-such-assignment");
        (await bench.GetAsync("/api/assignments/S1%2Femp-1/history?company=acme")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task List_GoesOnWithNext()
    {
        await using var bench = await HttpBench.StartAsync(keys: null, "acme", "globex");
        bench.History.Add(1, "b/1", company: "globex");
        bench.History.Add(2, "a%2F1/1", company: "acme");
        bench.History.Add(3, "c/1", company: "acme");

        var first = await bench.GetAsync("/api/assignments?limit=2");
        Ids(first).ShouldBe(["a%2F1/1", "c/1"]);
        var next = Uri.EscapeDataString((string)first["next"]!);
        var second = await bench.GetAsync($"/api/assignments?limit=2&after={next}");
        Ids(second).ShouldBe(["b/1"]);
        second["next"].ShouldBeNull();

        (await bench.GetAsync("/api/assignments?after=nothing")).Status.ShouldBe(400);
    }

    private static string[] Ids(Answer answer) =>
        [.. answer["assignments"]!.AsArray().Select(assignment => (string)assignment!["assignmentId"]!)];
}
