using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;
using RuangKerja.Simulator.Requests;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>
/// One second holds more rows than an answer should, so that no narrower window helps. In small: the limit is 200 rows here.
/// </summary>
[Trait("Promise", "P1")]
public sealed class When_very_much_has_one_instant(Servers servers)
{
    private const int MostRows = 200;

    private static readonly SimulatorOptions Population = new()
    {
        Employees = 1_000,
        Courses = 3,
        AssignmentsPerEmployee = 1,
    };

    [Fact]
    public async Task F32_P1_Should_be_read_as_a_whole_and_all_be_told()
    {
        await using var bench = await StartAsync(servers);
        MoveAll(bench.Simulator);

        var verdict = await bench.JudgeAsync();

        verdict.ShouldBeComplete();
        verdict.Changes.ShouldBe(1_000);
        ShouldNotHaveBisectedForEver(bench);
    }

    [Fact]
    public async Task F32_P1_Should_stand_and_say_so_while_the_api_refuses_it_and_go_on_when_it_does_not()
    {
        await using var bench = await StartAsync(servers);
        bench.Simulator.Faults.FeedRowCap = new FeedRowCap(MostRows);
        var at = MoveAll(bench.Simulator);

        await bench.WaitForFeedFailureAsync("narrower window");
        ShouldNotHaveBisectedForEver(bench);
        (await bench.WatermarkAsync()).ShouldBeLessThanOrEqualTo(at);
        bench.Simulator.Faults.Clear();

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
    }

    private static async Task<FaultBench> StartAsync(Servers servers)
    {
        var bench = await FaultBench.PrepareAsync(servers, Population);
        bench.AskAs(api => api with { RequestsPerSecond = 50 });
        bench.PollAs(feed => feed with { MaxItems = MostRows });
        await bench.StartPipelineAsync();
        bench.Simulator.Requests.Clear();
        return bench;
    }

    /// <summary>Everybody, within one second. Returns when.</summary>
    private static DateTimeOffset MoveAll(SimulatorHost simulator)
    {
        var at = TimeProvider.System.GetUtcNow();
        foreach (var one in simulator.World.Company().Population.Assignments)
        {
            simulator.World.Transition(
                new TransitionOrder
                {
                    EmployeeId = one.Employee.Id,
                    To = one.Status == UpstreamStatus.Completed ? UpstreamStatus.Failed : UpstreamStatus.Completed,
                },
                at
            );
        }

        return at;
    }

    private static void ShouldNotHaveBisectedForEver(FaultBench bench)
    {
        var asked = bench
            .Simulator.Requests.Latest.Where(request => request.Endpoint == UpstreamEndpoint.Feed)
            .ToList();
        asked.Min(Width).ShouldBe(TimeSpan.FromSeconds(2), "it was halved as far as it goes");
        // A window is asked for once and, from another poll, now and then again; never over and over.
        asked.CountBy(request => request.Query).Max(window => window.Value).ShouldBeLessThan(10);
    }

    private static TimeSpan Width(SeenRequest request)
    {
        var query = QueryHelpers.ParseQuery(request.Query);
        return Instant("endTimestamp") - Instant("startTimestamp");

        DateTimeOffset Instant(string name) =>
            DateTimeOffset.Parse(query[name].Single()!, CultureInfo.InvariantCulture);
    }
}
