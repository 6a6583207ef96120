using RuangKerja.Events.IntegrationTests.Sweeps;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Whatever the API answers, or does not: health says what is wrong, and when it is over nothing is missing.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_api_fails(Servers servers)
{
    private const int LargestAnswer = 64 * 1024;

    private static readonly Dictionary<string, (Action<FaultBench> Begin, string Health)> Troubles = new()
    {
        ["HTTP 503"] = (Answering(new AnswerFault { Status = 503 }), "503"),
        ["errorCode in HTTP 200"] = (
            Answering(AnswerFault.InsideHttp200(14, "rpc error: code = Unavailable desc = resting")),
            "Unavailable"
        ),
        ["connections cut"] = (Answering(new AnswerFault { Abort = true }), "reading the feed"),
        ["nobody listens"] = (
            bench =>
            {
                bench.Api.Refuses = true;
                bench.Api.ResetAll();
            },
            "reading the feed"
        ),
        ["bytes that trickle"] = (
            bench =>
            {
                bench.Api.Downstream.MostBytes = 8;
                bench.Api.Downstream.Delay = TimeSpan.FromMilliseconds(200);
            },
            "reading the feed"
        ),
        ["JSON cut short"] = (
            Answering(new AnswerFault { Status = 200, Body = """{"status":"success","data":{"items":[{"assig""" }),
            "ends in the middle"
        ),
        ["HTML with HTTP 200"] = (Answering(AnswerFault.Html(200)), "JSON"),
        ["a huge body"] = (
            bench => bench.Simulator.Faults.AddFeedRow($"\"{new string('x', 4 * LargestAnswer)}\""),
            "larger than is read"
        ),
    };

    public static TheoryData<string> Names => [.. Troubles.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task F28_P1_Should_say_why_and_catch_up_by_itself(string trouble)
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.AskAs(api =>
            api with
            {
                AttemptTimeout = TimeSpan.FromSeconds(2),
                Retries = 1,
                MaxAnswerBytes = LargestAnswer,
            }
        );
        bench.PollAs(feed => feed with { Overlap = TimeSpan.FromSeconds(3) });
        await bench.StartPipelineAsync();
        bench.Simulator.Requests.Clear();

        var (begin, health) = Troubles[trouble];
        begin(bench);
        await bench.WaitForFeedFailureAsync(health);
        await bench.Deployment.LiveAsync(transitions: 10);
        // A few windows, each one twice: whatever is wrong, it is not asked about again and again.
        bench.Asked(UpstreamEndpoint.Feed).ShouldBeLessThan(20);
        bench.Simulator.Faults.Clear();
        bench.Api.Heal();

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
    }

    [Fact]
    public async Task F28_P1_Should_read_by_halves_what_is_too_large_at_once()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.AskAs(api => api with { MaxAnswerBytes = 16 * 1024, RequestsPerSecond = 50 });
        await bench.StartPipelineAsync();
        await bench.Deployment.ShouldHoldTheTruthAsync();

        await bench.LiveUntilReceivedAsync(10);

        (await bench.JudgeAsync()).ShouldBeComplete();
    }

    private static Action<FaultBench> Answering(AnswerFault fault) =>
        bench => bench.Simulator.Faults.Answer(fault with { Count = int.MaxValue });
}
