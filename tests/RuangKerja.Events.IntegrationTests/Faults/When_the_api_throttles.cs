using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The API answers 429 and says, in one way or another, when to come back.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_api_throttles(Servers servers)
{
    private const int Polled = 202;

    [Theory]
    [InlineData("seconds", 3)]
    [InlineData("HTTP date", 3)]
    [InlineData("missing", 0)]
    [InlineData("not understood", 0)]
    public async Task F27_P1_Should_wait_as_long_as_it_is_asked_to(string form, int seconds)
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(5);

        bench.Simulator.Requests.Clear();
        bench.Simulator.Faults.Answer(
            new AnswerFault
            {
                Endpoint = UpstreamEndpoint.Feed,
                Status = 429,
                RetryAfter = form switch
                {
                    "seconds" => $"{seconds}",
                    // Whole seconds: at least the ones asserted, from whenever it is sent within the next poll.
                    "HTTP date" => (TimeProvider.System.GetUtcNow() + TimeSpan.FromSeconds(seconds + 4)).ToString("R"),
                    "not understood" => "soon",
                    _ => null,
                },
            }
        );
        await bench.LiveUntilReceivedAsync(10);

        (await bench.JudgeAsync()).ShouldBeComplete();
        bench.Simulator.Faults.Answers.ShouldBeEmpty();
        // A request is noted a little after it came.
        bench.Gaps(UpstreamEndpoint.Feed).Max().ShouldBeGreaterThan(TimeSpan.FromSeconds(seconds - 0.5));
        bench.ShouldNotBeAskedInHaste(UpstreamEndpoint.Feed);
        await bench.WaitForGoodFeedAsync();
    }

    [Fact]
    public async Task F27_P1_Should_not_believe_an_absurd_wait_and_read_all_of_it_after_a_restart()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        using var log = new LogLines();
        await bench.StartPipelineAsync(log);
        bench.Simulator.Faults.Answer(
            new AnswerFault
            {
                Endpoint = UpstreamEndpoint.Feed,
                Status = 429,
                RetryAfter = "999999999",
                Count = int.MaxValue,
            }
        );
        await bench.WaitForFeedFailureAsync("429");
        bench.Simulator.Requests.Clear();

        await bench.Deployment.LiveAsync(transitions: 20);

        log.Of(Polled).ShouldHaveSingleItem().ShouldContain("waits 00:15:00");
        bench.Asked(UpstreamEndpoint.Feed).ShouldBe(0);
        bench.Simulator.Faults.Clear();
        await bench.Deployment.StopPipelineAsync();
        await bench.Deployment.StartPipelineAsync();
        (await bench.JudgeAsync()).ShouldBeComplete();
    }
}
