using RuangKerja.Events.Service.Http.Access;

namespace RuangKerja.Events.Tests.Http;

public sealed class AccessTests
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly string Body = """{"destination":"hr-courses"}""";

    [Theory]
    [InlineData("/api/events")]
    [InlineData("/api/replays")]
    [InlineData("/api/assignments/x")]
    [InlineData("/api/openapi.json")]
    [InlineData("/api/nothing/at/all")]
    [InlineData("/API/Events")]
    public async Task WithoutAKey_NothingIsTold(string path)
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);

        var answer = await bench.GetAsync(path);

        answer.Status.ShouldBe(401);
        answer.Problem.ShouldBe("unauthenticated");
        answer.Headers["WWW-Authenticate"].ShouldStartWith("Bearer");
    }

    [Theory]
    [InlineData("Authorization: Bearer " + HttpBench.ViewerKey)]
    [InlineData("authorization: bearer " + HttpBench.ViewerKey)]
    [InlineData("X-Api-Key: " + HttpBench.ViewerKey)]
    [InlineData("X-Api-Key: " + HttpBench.OperatorKey)]
    public async Task WithAKey_ReadingIsAllowed(string header)
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);

        (await bench.GetAsync("/api/events", header)).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("Authorization: Bearer viewer-key-of-24-letterS")]
    [InlineData("Authorization: Bearer viewer-key-of-24-letters-and-more")]
    [InlineData("Authorization: Basic " + HttpBench.ViewerKey)]
    [InlineData("Authorization: Bearer")]
    [InlineData("X-Api-Key: hr")]
    public async Task WithAnotherKey_NothingIsTold(string header)
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);

        (await bench.GetAsync("/api/events", header)).Problem.ShouldBe("unauthenticated");
    }

    [Theory]
    [InlineData("/api/replays")]
    [InlineData("/api/replays?dryRun=true")]
    [InlineData("/api/replays/7d9b0f0e-8f4c-4a57-9a55-1a2b3c4d5e6f/pause")]
    [InlineData("/api/replays/7d9b0f0e-8f4c-4a57-9a55-1a2b3c4d5e6f/resume")]
    [InlineData("/api/replays/7d9b0f0e-8f4c-4a57-9a55-1a2b3c4d5e6f/cancel")]
    public async Task Viewer_ChangesNothing(string path)
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);

        var answer = await bench.PostAsync(path, Body, $"X-Api-Key: {HttpBench.ViewerKey}");

        answer.Status.ShouldBe(403);
        answer.Problem.ShouldBe("forbidden");
        bench.Replays.LastRequest.ShouldBeNull();
    }

    [Fact]
    public async Task Operator_IsTheOneWhoAsked()
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);

        (await bench.PostAsync("/api/replays", Body, $"X-Api-Key: {HttpBench.OperatorKey}")).Status.ShouldBe(201);

        bench.Replays.LastRequest!.RequestedBy.ShouldBe("ops");
    }

    [Fact]
    public async Task KeyInAFile_ChangesWithoutARestart()
    {
        var content = HttpBench.ViewerKey;
        await using var bench = await HttpBench.StartTimelessAsync([InFile("hr", () => content)]);
        (await bench.GetAsync("/api/events", $"X-Api-Key: {HttpBench.ViewerKey}")).Status.ShouldBe(200);

        content = "another-key-of-many-letters";
        bench.Clock.Advance(Second);

        (await bench.GetAsync("/api/events", $"X-Api-Key: {HttpBench.ViewerKey}")).Status.ShouldBe(401);
        (await bench.GetAsync("/api/events", $"X-Api-Key: {content}")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("")]
    [InlineData("too-short")]
    [InlineData(null)]
    public async Task KeyWhoseFileIsTakenAwayOrEmptied_IsNoMoreAfterAMoment(string? broken)
    {
        string? content = HttpBench.ViewerKey;
        await using var bench = await HttpBench.StartTimelessAsync([
            InFile("hr", () => content ?? throw new FileNotFoundException()),
        ]);
        (await ReadAsync()).ShouldBe(200);

        content = broken;
        bench.Clock.Advance(Second);
        (await ReadAsync()).ShouldBe(200, "it may be being written");
        bench.Clock.Advance(5 * Second);
        (await ReadAsync()).ShouldBe(401);
        (await bench.GetAsync("/api/events")).Status.ShouldBe(401, "no key left opens no door");

        content = HttpBench.ViewerKey;
        bench.Clock.Advance(Second);
        (await ReadAsync()).ShouldBe(200);

        async Task<int> ReadAsync() =>
            (await bench.GetAsync("/api/events", $"X-Api-Key: {HttpBench.ViewerKey}")).Status;
    }

    [Fact]
    public async Task FileOfAKey_IsReadOnceASecondAtMost()
    {
        var reads = 0;
        await using var bench = await HttpBench.StartTimelessAsync([
            InFile("hr", () => ++reads > 0 ? HttpBench.ViewerKey : ""),
        ]);

        for (var i = 0; i < 5; i++)
            await bench.GetAsync("/api/events", "X-Api-Key: some-other-key-of-many-letters");

        reads.ShouldBe(1);
    }

    [Fact]
    public async Task KeysThatComeToHaveTheSameSecret_AreNotLetIn()
    {
        var content = HttpBench.ViewerKey;
        await using var bench = await HttpBench.StartTimelessAsync([
            InFile("hr", () => content),
            new ApiKey("ops", ApiRole.Operator, HttpBench.OperatorKey),
        ]);
        (await ReadAsync()).ShouldBe(200);

        content = HttpBench.OperatorKey;
        bench.Clock.Advance(Second);
        (await ReadAsync()).ShouldBe(401);

        content = HttpBench.ViewerKey;
        bench.Clock.Advance(Second);
        (await ReadAsync()).ShouldBe(200);

        async Task<int> ReadAsync() =>
            (await bench.GetAsync("/api/events", $"X-Api-Key: {HttpBench.OperatorKey}")).Status;
    }

    private static ApiKey InFile(string name, Func<string> content) =>
        new(
            name,
            ApiRole.Viewer,
            HttpBench.ViewerKey,
            new SecretFile(
                $"Http:ApiKeys:{name}:KeyFile",
                "/run/key",
                HttpBench.ViewerKey,
                _ => content(),
                secret => secret.Length < 24 ? "is too short" : null
            )
        );

    [Theory]
    [InlineData("localhost:8080", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("[::1]:80", 200)]
    [InlineData("rebound.example", 403)]
    [InlineData("rebound.example:8080", 403)]
    [InlineData("localhost.example", 403)]
    [InlineData("192.0.2.1", 403)]
    public async Task WithoutKeys_OnlyLoopbacksOwnNamesAreAnswered(string host, int status)
    {
        await using var bench = await HttpBench.StartAsync();

        (await bench.GetAsync("/api/events", $"Host: {host}")).Status.ShouldBe(status);
    }

    [Theory]
    [InlineData("Origin: https://other.example", 403)]
    [InlineData("Origin: null", 403)]
    [InlineData("Origin: http://127.0.0.1:1", 403)]
    [InlineData("Sec-Fetch-Site: cross-site", 403)]
    [InlineData("Sec-Fetch-Site: same-site", 403)]
    [InlineData("Sec-Fetch-Site: same-origin", 201)]
    [InlineData("Accept: */*", 201)]
    public async Task WithoutKeys_PagesOfOtherSitesChangeNothing(string header, int status)
    {
        await using var bench = await HttpBench.StartAsync();

        var answer = await bench.PostAsync("/api/replays", Body, header);

        answer.Status.ShouldBe(status);
        (bench.Replays.LastRequest is null).ShouldBe(status == 403);
        if (status == 403)
            answer.Problem.ShouldBe("foreign-origin");
    }

    [Theory]
    [InlineData("Origin: https://other.example", 403)]
    [InlineData("Sec-Fetch-Site: cross-site", 403)]
    [InlineData("Sec-Fetch-Site: same-origin", 200)]
    [InlineData("Sec-Fetch-Site: none", 200)]
    public async Task WithoutKeys_PagesOfOtherSitesReadNothing(string header, int status)
    {
        await using var bench = await HttpBench.StartAsync();

        (await bench.GetAsync("/api/events", header)).Status.ShouldBe(status);
    }

    [Fact]
    public async Task WithoutKeys_TheOwnPageAndProgramsAreTheOperatorLoopback()
    {
        await using var bench = await HttpBench.StartAsync();
        var origin = bench.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

        (await bench.PostAsync("/api/replays", Body, $"Origin: {origin}")).Status.ShouldBe(201);

        bench.Replays.LastRequest!.RequestedBy.ShouldBe("loopback");
    }

    [Fact]
    public async Task WithKeys_NoNameIsForeign()
    {
        await using var bench = await HttpBench.StartAsync(HttpBench.Keys);

        var answer = await bench.GetAsync(
            "/api/events",
            "Host: events.example",
            $"Authorization: Bearer {HttpBench.ViewerKey}"
        );

        answer.Status.ShouldBe(200);
    }
}
