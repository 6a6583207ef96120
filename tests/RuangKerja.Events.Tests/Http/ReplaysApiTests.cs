using RuangKerja.Events.Courses;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Tests.Http;

public sealed class ReplaysApiTests
{
    private const string Everything = """
        {
          "destination": "hr-courses", "rate": 250, "requestId": "11111111-2222-3333-4444-555555555555",
          "filter": {
            "companies": ["default"], "recordedFrom": "2026-01-01T00:00:00+07:00", "recordedBefore": "2026-02-01T00:00:00Z",
            "occurredFrom": "2025-01-01T00:00:00Z", "occurredBefore": "2025-02-01T00:00:00Z", "firstSequence": 5, "lastSequence": 900,
            "employeeId": "emp-1", "courseName": "K3", "courseSerial": "S1", "assignmentId": "S1/emp-1",
            "statuses": ["not_started", "completed"], "kinds": ["reset"], "baseline": true,
            "held": { "versions": { "S%20A/emp-1": 3 }, "eventIds": ["aaaaaaaa-2222-3333-4444-555555555555"] }
          }
        }
        """;

    [Fact]
    public async Task Request_ReachesTheDeskWhole()
    {
        await using var bench = await HttpBench.StartAsync();

        var answer = await bench.PostAsync("/api/replays", Everything);

        answer.Status.ShouldBe(201);
        answer.Headers["Location"].ShouldBe($"/api/replays/{answer["id"]}");
        var request = bench.Replays.LastRequest!;
        request.Destination.ShouldBe("hr-courses");
        request.Rate.ShouldBe(250);
        request.RequestId.ShouldBe(Guid.Parse("11111111-2222-3333-4444-555555555555"));
        request.Door.ShouldBe(ReplayDoor.Http);
        var filter = request.Filter;
        filter.Companies.ShouldBe([Company.Default]);
        filter.RecordedFrom.ShouldBe(new DateTimeOffset(2025, 12, 31, 17, 0, 0, TimeSpan.Zero));
        filter.RecordedBefore.ShouldBe(new DateTimeOffset(2026, 2, 1, 0, 0, 0, TimeSpan.Zero));
        filter.OccurredFrom.ShouldBe(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero));
        filter.OccurredBefore.ShouldBe(new DateTimeOffset(2025, 2, 1, 0, 0, 0, TimeSpan.Zero));
        (filter.FirstSequence, filter.LastSequence).ShouldBe((5, 900));
        (filter.EmployeeId, filter.CourseName, filter.CourseSerial).ShouldBe(("emp-1", "K3", "S1"));
        filter.AssignmentId.ShouldBe(new AssignmentId("S1/emp-1"));
        filter.Statuses.ShouldBe([CourseStatus.NotStarted, CourseStatus.Completed]);
        filter.Kinds.ShouldBe([ChangeKind.Reset]);
        filter.Baseline.ShouldBeTrue();
        filter.Held!.Versions[new AssignmentId("S%20A/emp-1")].ShouldBe(3);
        filter.Held.EventIds.ShouldBe([Guid.Parse("aaaaaaaa-2222-3333-4444-555555555555")]);
    }

    [Fact]
    public async Task SameRequestAgain_IsTheSameReplay()
    {
        await using var bench = await HttpBench.StartAsync();
        var first = await bench.PostAsync("/api/replays", Everything);
        first.Status.ShouldBe(201);

        var again = await bench.PostAsync("/api/replays", Everything);

        again.Status.ShouldBe(200);
        $"{again["id"]}".ShouldBe($"{first["id"]}");
        again.Headers.Keys.ShouldNotContain("Location");
        (await bench.GetAsync("/api/replays"))["replays"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Replay_IsShownWithItsAudit()
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);
        var header = $"X-Api-Key: {HttpBench.OperatorKey}";
        var id = (await bench.PostAsync("/api/replays", Everything, header))["id"];
        await bench.PostAsync($"/api/replays/{id}/pause", null, header);

        var answer = await bench.GetAsync($"/api/replays/{id}", header);

        answer.Status.ShouldBe(200);
        ((string?)answer["state"]).ShouldBe("paused");
        ((string?)answer["requestedBy"]).ShouldBe("ops");
        ((string?)answer["door"]).ShouldBe("http");
        ((long?)answer["total"]).ShouldBe(7);
        ((bool?)answer["missingOnly"]).ShouldBe(true);
        answer["filter"]!["statuses"]!.ToJsonString().ShouldBe("""["not_started","completed"]""");
        answer["filter"]!["held"].ShouldBeNull();
        answer["audit"]!
            .AsArray()
            .Select(entry => $"{entry!["action"]} {entry["by"]}")
            .ShouldBe(["requested ops", "Paused ops"]);
    }

    [Fact]
    public async Task DryRun_TellsAndKeepsNothing()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.Replays.Faults.Add(new ReplayFault("destination", "There is no queue 'hr-courses'."));

        var answer = await bench.PostAsync("/api/replays?dryRun=true", Everything);

        answer.Status.ShouldBe(200);
        ((long?)answer["count"]).ShouldBe(7);
        ((long?)answer["first"]!["sequence"]).ShouldBe(5);
        ((double?)answer["seconds"]).ShouldBe(1.5);
        answer.Error("destination").ShouldBe("There is no queue 'hr-courses'.");
        (await bench.GetAsync("/api/replays"))["replays"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task RejectedRequest_IsToldByMember()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.Replays.Faults.Add(new ReplayFault("destination", "There is no queue 'hr-courses'."));
        bench.Replays.Faults.Add(new ReplayFault("rate", "Too fast."));

        var answer = await bench.PostAsync("/api/replays", Everything);

        answer.Status.ShouldBe(422);
        answer.Problem.ShouldBe("replay-rejected");
        answer.Error("destination").ShouldBe("There is no queue 'hr-courses'.");
        answer.Error("rate").ShouldBe("Too fast.");
    }

    [Theory]
    [InlineData("{}", null)]
    [InlineData("null", null)]
    [InlineData("[]", null)]
    [InlineData("{\"destination\":", null)]
    [InlineData("""{"destination":"q"} {}""", null)]
    [InlineData("""{"destination":null}""", "destination")]
    [InlineData("""{"destination":1}""", "destination")]
    [InlineData("""{"destination":"q","rate":"10"}""", "rate")]
    [InlineData("""{"destination":"q","rate":1.5}""", "rate")]
    [InlineData("""{"destination":"q","speed":1}""", "speed")]
    [InlineData("""{"destination":"q","filter":{"employee":"x"}}""", "filter.employee")]
    [InlineData("""{"destination":"q","filter":{"kinds":["done"]}}""", "filter.kinds[0]")]
    [InlineData("""{"destination":"q","filter":{"kinds":[1]}}""", "filter.kinds[0]")]
    [InlineData("""{"destination":"q","filter":{"companies":["A B"]}}""", "filter.companies")]
    [InlineData("""{"destination":"q","filter":{"recordedFrom":"2026-01-01T00:00:00"}}""", "filter.recordedFrom")]
    [InlineData("""{"destination":"q","filter":{"recordedFrom":"yesterday"}}""", "filter.recordedFrom")]
    [InlineData("""{"destination":"q","filter":{"held":{"eventIds":["x"]}}}""", "filter.held.eventIds[0]")]
    [InlineData("""{"destination":"q","destination":"r"}""", null)]
    public async Task BodyOfAnotherForm_IsRefused(string json, string? member)
    {
        await using var bench = await HttpBench.StartAsync();

        var answer = await bench.PostAsync("/api/replays", json);

        answer.Status.ShouldBe(400);
        answer.Problem.ShouldBe("invalid-request");
        if (member is not null)
            answer["errors"]!.AsObject().Select(pair => pair.Key).ShouldBe([member]);
        answer.Body!.ToJsonString().ShouldNotContain("System.");
        answer.Body.ToJsonString().ShouldNotContain("RuangKerja.Events.Service");
        bench.Replays.LastRequest.ShouldBeNull();
    }

    [Fact]
    public async Task Words_FitAStateOrNot()
    {
        await using var bench = await HttpBench.StartAsync();
        var id = (await bench.PostAsync("/api/replays", Everything))["id"];

        var early = await bench.PostAsync($"/api/replays/{id}/resume");
        early.Status.ShouldBe(409);
        early.Problem.ShouldBe("replay-state");
        ((string?)early["state"]).ShouldBe("waiting");

        ((string?)(await bench.PostAsync($"/api/replays/{id}/pause"))["state"]).ShouldBe("paused");
        ((string?)(await bench.PostAsync($"/api/replays/{id}/resume"))["state"]).ShouldBe("waiting");
        ((string?)(await bench.PostAsync($"/api/replays/{id}/cancel"))["state"]).ShouldBe("cancelled");
        (await bench.PostAsync($"/api/replays/{id}/cancel")).Status.ShouldBe(409);
    }

    [Theory]
    [InlineData("GET", "/api/replays/7d9b0f0e-8f4c-4a57-9a55-1a2b3c4d5e6f")]
    [InlineData("GET", "/api/replays/nonsense")]
    [InlineData("POST", "/api/replays/7d9b0f0e-8f4c-4a57-9a55-1a2b3c4d5e6f/cancel")]
    public async Task UnknownReplay_IsNotFound(string method, string path)
    {
        await using var bench = await HttpBench.StartAsync();

        var answer = await bench.SendAsync(new HttpMethod(method), path);

        answer.Status.ShouldBe(404);
        answer.Problem.ShouldBe("no-such-replay");
    }

    [Fact]
    public async Task List_GoesBackByNextAndStates()
    {
        await using var bench = await HttpBench.StartAsync();
        var ids = new List<string>();
        for (var i = 0; i < 3; i++)
            ids.Add((string)(await bench.PostAsync("/api/replays", """{"destination":"hr-courses"}"""))["id"]!);
        await bench.PostAsync($"/api/replays/{ids[0]}/cancel");

        var first = await bench.GetAsync("/api/replays?limit=2");
        Ids(first).ShouldBe([ids[2], ids[1]]);
        var second = await bench.GetAsync($"/api/replays?limit=2&before={first["next"]}");
        Ids(second).ShouldBe([ids[0]]);
        second["next"].ShouldBeNull();
        Ids(await bench.GetAsync("/api/replays?state=cancelled,failed")).ShouldBe([ids[0]]);
        (await bench.GetAsync("/api/replays?state=done")).Error("state").ShouldContain("waiting, running");
        (await bench.GetAsync("/api/replays?before=1")).Error("before").ShouldContain("UUID");
    }

    private static string[] Ids(Answer answer) =>
        [.. answer["replays"]!.AsArray().Select(replay => (string)replay!["id"]!)];
}
