using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The API answers well, and with nothing, as though there had never been anybody.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P2")]
public sealed class When_the_api_goes_empty(Servers servers)
{
    private const string Empty =
        """{"status":"success","message":"Success","data":{"currentPage":1,"totalItems":0,"totalPage":0,"items":[]}}""";

    [Theory]
    [InlineData(UpstreamEndpoint.Feed)]
    [InlineData(UpstreamEndpoint.Roster)]
    [InlineData(UpstreamEndpoint.Catalogue)]
    public async Task F37_P1_Should_not_be_taken_for_news_and_lose_nothing(UpstreamEndpoint empty)
    {
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            new SimulatorOptions
            {
                Employees = 60,
                Courses = 2,
                TransitionsPerMinute = 1_200,
                AssignmentsPerEmployee = 1,
            }
        );
        bench.AskAs(api => api with { RequestsPerSecond = 50 });
        bench.Deployment.SweepAs(new RosterOptions { Interval = TimeSpan.FromSeconds(1) });
        await bench.StartPipelineAsync();
        var snapshots = await bench.SnapshotsAsync();

        foreach (var endpoint in new[] { UpstreamEndpoint.Feed, empty }.Distinct())
        {
            bench.Simulator.Faults.Answer(
                new AnswerFault
                {
                    Endpoint = endpoint,
                    Status = 200,
                    Body = Empty,
                    Count = int.MaxValue,
                }
            );
        }

        await bench.WaitForRequestsAsync(UpstreamEndpoint.Feed, more: 3);
        await bench.WaitForRequestsAsync(empty, more: 2);
        (await bench.SnapshotsAsync()).ShouldBe(snapshots);
        bench.Subscriber.Received.ShouldBeEmpty();

        bench.Simulator.Faults.Clear();
        await bench.LiveUntilReceivedAsync(10);
        (await bench.JudgeAsync()).ShouldBeComplete();
    }
}
