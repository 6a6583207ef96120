using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Rows with words, gaps and types that the API's documentation does not know.</summary>
[Trait("Promise", "P1")]
public sealed class When_rows_are_not_what_was_promised(Servers servers)
{
    private const int HeldEvent = 203;
    private const int RejectedEvent = 207;

    private static readonly string Past = "2020-01-31T09:30:00+07:00";

    // What is wrong with a row, and what is said of it.
    private static readonly (string Members, string Reason)[] Bad =
    [
        ("\"employeeID\":\"ID-1\",\"status\":\"asleep\"", "status 'asleep' is not known"),
        ("\"status\":\"completed\"", "employeeID is missing"),
        ("\"employeeID\":\"ID-2\",\"status\":null", "status is missing"),
        ("\"employeeID\":42,\"status\":\"completed\"", "employeeID"),
        ("\"employeeID\":\"ID-3\",\"status\":[\"completed\"]", "status"),
    ];

    [Fact]
    public async Task F35_P1_Should_be_kept_apart_with_the_reasons_while_the_rest_proceeds()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        foreach (var (members, _) in Bad)
            bench.Simulator.Faults.AddFeedRow(Row(members));
        bench.Simulator.Faults.AddFeedRow(
            Row("\"employeeID\":\"ID-EXTRA\",\"status\":\"completed\",\"mood\":{\"is\":[\"good\"]}")
        );
        using var log = new LogLines();
        await bench.StartPipelineAsync(log);

        await bench.LiveUntilReceivedAsync(20);
        await bench.WaitForRequestsAsync(UpstreamEndpoint.Feed, more: 3);

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
        var reasons = await bench.Deployment.QuarantineAsync();
        reasons.Count.ShouldBe(Bad.Length);
        foreach (var (_, reason) in Bad)
            reasons.ShouldContain(text => text.Contains(reason), reason);
        (await bench.SnapshotsAsync()).ShouldContain("ID-EXTRA", Case.Sensitive, "what is too much does no harm");
        // They come with every poll, and are told once.
        log.Of(RejectedEvent).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task F35_P1_Should_hold_the_watermark_when_they_are_too_many_and_let_go_once_mended()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        using var log = new LogLines();
        await bench.StartPipelineAsync(log);
        for (var i = 0; i < 80; i++)
            bench.Simulator.Faults.AddFeedRow(Row($"\"employeeID\":\"ID-{i}\",\"status\":\"asleep\""));
        await bench.WaitForFeedFailureAsync("the watermark stands still");
        var held = await bench.WatermarkAsync();

        await bench.LiveUntilReceivedAsync(10);
        await bench.WaitForRequestsAsync(UpstreamEndpoint.Feed, more: 2);
        (await bench.WatermarkAsync()).ShouldBe(held);
        bench.Simulator.Faults.Clear();

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
        (await bench.WatermarkAsync()).ShouldBeGreaterThan(held);
        log.Of(HeldEvent).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(60)]
    [InlineData(250)]
    public async Task F35_P2_Should_tell_nothing_of_whom_a_roster_lists_twice(int employees)
    {
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            new SimulatorOptions
            {
                Employees = employees,
                Courses = 1,
                CoursesWithoutRoster = 0,
                AssignmentsPerEmployee = 1,
            }
        );
        var population = bench.Simulator.World.Company().Population;
        var first = population.Assignments.MinBy(one => one.Employee.Id, StringComparer.Ordinal)!;
        var other = first.Status == Simulator.People.UpstreamStatus.InProgress ? "failed" : "in_progress";
        bench.AskAs(api => api with { RequestsPerSecond = 50 });
        bench.Deployment.SweepAs(new RosterOptions { Interval = TimeSpan.FromSeconds(1) });
        await bench.StartPipelineAsync();

        // On the last page, be it the one the true row stands on or not.
        bench.Simulator.Faults.AddRosterRow(
            $$"""{"user":{"employeeID":"{{first.Employee.Id}}"},"completedAt":"","status":"{{other}}"}"""
        );
        await bench.WaitForRequestsAsync(UpstreamEndpoint.Catalogue, more: 3);

        (await bench.JudgeAsync()).ShouldBeComplete();
        // On two pages it looks as though the roster had moved; on one, it does not.
        (await bench.Deployment.WaitForSweepAsync()).Drifted.ShouldBe(employees > 100 ? 1 : 0);
        bench.Subscriber.Received.ShouldBeEmpty();
        (await bench.SnapshotsAsync()).ShouldContain($"/{first.Employee.Id}/");
    }

    private static string Row(string members) =>
        $$"""{"assignedCourseSerial":"ASGC-ODD","courseName":"Oddities","updatedAt":"{{Past}}",{{members}}}""";
}
