using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The API fails for longer than anybody would go on asking.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_api_stays_down(Servers servers)
{
    [Fact]
    public async Task F28_P1_Should_be_left_alone_for_a_while_and_then_be_asked_again()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        bench.Simulator.Requests.Clear();

        bench.Simulator.Faults.Answer(new AnswerFault { Status = 503, Count = int.MaxValue });
        await bench.WaitForFeedFailureAsync("left alone");
        await bench.Deployment.LiveAsync(transitions: 10);
        bench.Asked(UpstreamEndpoint.Feed).ShouldBeLessThan(20);
        bench.Simulator.Faults.Clear();

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
        bench.Gaps(UpstreamEndpoint.Feed).Max().ShouldBeGreaterThan(TimeSpan.FromSeconds(25));
    }
}
