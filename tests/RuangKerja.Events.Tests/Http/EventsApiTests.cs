using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MassTransit.Serialization;
using RuangKerja.Events.Courses;
using RuangKerja.Events.Service.Http.Api;

namespace RuangKerja.Events.Tests.Http;

public sealed class EventsApiTests
{
    private static readonly JsonSerializerOptions OnTheBus = new(SystemTextJsonMessageSerializer.Options)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    [Fact]
    public async Task Entry_HasTheMembersThatTheMessageHasOnTheBus()
    {
        await using var bench = await HttpBench.StartAsync();
        var stored = bench.History.Add(7, "S%20A/emp%2B1", version: 3);
        bench.History.Horizon = 7;

        var answer = await bench.GetAsync("/api/events");

        var message = EventEntries.Message(stored)!;
        var onTheBus = JsonSerializer.SerializeToNode(message, message.GetType(), OnTheBus);
        var shown = answer["events"]!.AsArray().ShouldHaveSingleItem();
        JsonNode.DeepEquals(shown, onTheBus).ShouldBeTrue($"{shown} is not {onTheBus}");
    }

    [Fact]
    public async Task Pages_GoOnWithNextUpToTheHorizonAndNotBeyond()
    {
        await using var bench = await HttpBench.StartAsync();
        foreach (var sequence in (long[])[1, 2, 5, 9, 12])
            bench.History.Add(sequence);
        bench.History.Horizon = 10;

        var first = await bench.GetAsync("/api/events?limit=3");
        Sequences(first).ShouldBe([1, 2, 5]);
        ((long?)first["next"]).ShouldBe(5);
        ((long?)first["horizon"]).ShouldBe(10);

        var second = await bench.GetAsync("/api/events?limit=3&after=5");
        Sequences(second).ShouldBe([9]);
        ((long?)second["next"]).ShouldBe(10, "what is not full is the rest, up to the horizon");

        var third = await bench.GetAsync("/api/events?after=10");
        Sequences(third).ShouldBeEmpty();
        ((long?)third["next"]).ShouldBe(10);
    }

    [Fact]
    public async Task RareFilter_MovesToTheHorizonThoughItFindsNothing()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);
        bench.History.Horizon = 1_000;

        var answer = await bench.GetAsync("/api/events?kinds=failed,expired");

        Sequences(answer).ShouldBeEmpty();
        ((long?)answer["next"]).ShouldBe(1_000);
        bench.History.LastFind!.Value.Filter.Kinds.ShouldBe([ChangeKind.Failed, ChangeKind.Expired]);
    }

    [Fact]
    public async Task PositionAboveTheHorizon_IsKept()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Horizon = 4;

        ((long?)(await bench.GetAsync("/api/events?after=9"))["next"]).ShouldBe(9);
        bench.History.LastFind.ShouldBeNull();
    }

    [Fact]
    public async Task Latest_BeginsWithTheNews()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(3);
        bench.History.Horizon = 3;

        var answer = await bench.GetAsync("/api/events?after=latest");

        Sequences(answer).ShouldBeEmpty();
        ((long?)answer["next"]).ShouldBe(3);
        ((long?)(await bench.GetAsync("/api/events/horizon"))["horizon"]).ShouldBe(3);
    }

    [Fact]
    public async Task EventThatCannotBeRead_IsToldInItsPlace()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Add(1);
        bench.History.Add(2, version: 2, unreadable: "Its JSON has no status.");
        bench.History.Add(3, version: 3);
        bench.History.Horizon = 3;

        var answer = await bench.GetAsync("/api/events");

        Sequences(answer).ShouldBe([1, 2, 3]);
        var unread = answer["events"]![1]!;
        ((string?)unread["unreadable"]).ShouldBe("Its JSON has no status.");
        ((long?)unread["version"]).ShouldBe(2);
    }

    [Fact]
    public async Task EveryFilter_ReachesTheHistory()
    {
        await using var bench = await HttpBench.StartAsync(keys: null, "acme", "globex");
        bench.History.Horizon = 1;
        const string Query =
            "company=globex,acme&employee=emp%2B1&assignment=S%252F1%2Femp%252B1"
            + "&kinds=reopened&statuses=not_started,in_progress&baseline=true";

        (await bench.GetAsync($"/api/events?{Query}")).Status.ShouldBe(200);

        var filter = bench.History.LastFind!.Value.Filter;
        filter.Companies.Select(company => company.Name).ShouldBe(["globex", "acme"]);
        filter.EmployeeId.ShouldBe("emp+1");
        filter.AssignmentId.ShouldBe(new AssignmentId("S%2F1/emp%2B1"));
        filter.Kinds.ShouldBe([ChangeKind.Reopened]);
        filter.Statuses.ShouldBe([CourseStatus.NotStarted, CourseStatus.InProgress]);
        filter.Baseline.ShouldBeTrue();
    }

    [Theory]
    [InlineData("limit=0", "limit", "1 to 1000")]
    [InlineData("limit=1001", "limit", "1 to 1000")]
    [InlineData("limit=ten", "limit", "1 to 1000")]
    [InlineData("after=-1", "after", "0 or more")]
    [InlineData("after=99999999999999999999", "after", "0 or more")]
    [InlineData("kinds=completed,done", "kinds", "'done'")]
    [InlineData("kinds=Completed", "kinds", "assigned, started")]
    [InlineData("kinds=3", "kinds", "assigned, started")]
    [InlineData("statuses=notStarted", "statuses", "not_started")]
    [InlineData("baseline=yes", "baseline", "true or false")]
    [InlineData("company=acme", "company", "default")]
    [InlineData("employee=", "employee", "characters")]
    [InlineData("employee=%00", "employee", "characters")]
    [InlineData("kind=failed", "kind", "no such parameter")]
    [InlineData("After=1", "After", "no such parameter")]
    [InlineData("course=K3", "course", "POST /api/replays")]
    [InlineData("courseSerial=S1", "courseSerial", "would be missed")]
    [InlineData("after=1&after=2", "after", "2 times")]
    public async Task WrongParameter_IsNamedWithWhatIsAllowed(string query, string name, string allowed)
    {
        await using var bench = await HttpBench.StartAsync();

        foreach (var path in (string[])["/api/events", "/api/events/stream"])
        {
            if (path.EndsWith("stream") && name == "limit")
                continue;
            var answer = await bench.GetAsync($"{path}?{query}");

            answer.Status.ShouldBe(400);
            answer.Problem.ShouldBe("invalid-request");
            answer.Error(name).ShouldContain(allowed);
        }
    }

    [Fact]
    public async Task WrongParameters_AreAllNamed()
    {
        await using var bench = await HttpBench.StartAsync();

        var answer = await bench.GetAsync("/api/events?limit=0&kinds=x&foo=1");

        answer["errors"]!.AsObject().Select(pair => pair.Key).ShouldBe(["foo", "kinds", "limit"], ignoreOrder: true);
    }

    private static long[] Sequences(Answer answer) =>
        [.. answer["events"]!.AsArray().Select(entry => (long)entry!["sequence"]!)];
}
