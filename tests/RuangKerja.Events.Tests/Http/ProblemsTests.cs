using System.Net.Http.Headers;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Http;

public sealed class ProblemsTests
{
    [Theory]
    [InlineData("GET", "/api/nothing", 404, "no-such-path")]
    [InlineData("GET", "/nothing", 404, "no-such-path")]
    [InlineData("GET", "/api/assignments/S1/emp-1", 404, "no-such-path")]
    [InlineData("DELETE", "/api/events", 405, "method-not-allowed")]
    [InlineData("PUT", "/api/replays", 405, "method-not-allowed")]
    [InlineData("POST", "/api/replays", 400, "invalid-request")]
    public async Task WrongRequest_IsAProblem(string method, string path, int status, string problem)
    {
        await using var bench = await HttpBench.StartAsync();

        var answer = await bench.SendAsync(new HttpMethod(method), path);

        answer.Status.ShouldBe(status);
        answer.Problem.ShouldBe(problem);
        ((string?)answer["title"]).ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task BodyOfAnotherType_IsAProblem()
    {
        await using var bench = await HttpBench.StartAsync();
        using var form = new StringContent(
            "destination=q",
            new MediaTypeHeaderValue("application/x-www-form-urlencoded")
        );

        using var response = await bench.Client.PostAsync("/api/replays", form);

        ((int)response.StatusCode).ShouldBe(415);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
    }

    [Fact]
    public async Task BodyThatIsTooLarge_IsAProblem()
    {
        await using var bench = await HttpBench.StartAsync();

        // The client waits to be asked for the body, or it would be cut off while it sends.
        var answer = await bench.PostAsync("/api/replays", new string(' ', 31_000_000) + "{}", "Expect: 100-continue");

        answer.Status.ShouldBe(413);
        answer.Problem.ShouldBe("too-large");
    }

    [Theory]
    [InlineData(StorageFailureKind.Unavailable)]
    [InlineData(StorageFailureKind.Configuration)]
    [InlineData(StorageFailureKind.Schema)]
    public async Task DatabaseThatCannotBeUsed_IsToldWithWhatToDo(StorageFailureKind kind)
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Trouble = Trouble.Database(kind);

        foreach (
            var path in (string[])
                ["/api/events", "/api/assignments", "/api/assignments/x", "/api/assignments/x/history"]
        )
        {
            var answer = await bench.GetAsync(path);

            answer.Status.ShouldBe(503, path);
            answer.Problem.ShouldBe("database-unavailable");
            ((string?)answer["detail"]).ShouldBe("Reading events: the server does not answer.");
            ((string?)answer["hint"]).ShouldBe("Look whether it runs.");
            answer.Headers["Retry-After"].ShouldBe("5");
        }
    }

    [Fact]
    public async Task BrokerThatCannotBeUsed_IsToldWithWhatToDo()
    {
        await using var bench = await HttpBench.StartAsync();
        bench.Replays.Trouble = Trouble.Broker();

        var answer = await bench.PostAsync("/api/replays", """{"destination":"q"}""");

        answer.Status.ShouldBe(503);
        answer.Problem.ShouldBe("broker-unavailable");
        ((string?)answer["hint"]).ShouldBe("Look whether it runs.");
        answer.Headers.Keys.ShouldContain("Retry-After");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FaultOfTheProgram_ShowsNothingOfTheInside(bool ofStorage)
    {
        await using var bench = await HttpBench.StartAsync();
        bench.History.Trouble = ofStorage
            ? Trouble.Database(StorageFailureKind.Refused)
            : new InvalidOperationException("the inside");

        var answer = await bench.GetAsync("/api/events");

        answer.Status.ShouldBe(500);
        answer.Problem.ShouldBe("unexpected");
        answer.Body!.ToJsonString().ShouldNotContain("the inside");
        answer.Body.ToJsonString().ShouldNotContain("   at ");
        answer["detail"].ShouldBeNull();
    }
}
