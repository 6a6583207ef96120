using RuangKerja.Simulator;
using RuangKerja.Simulator.People;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The API dates its rows, and its answers, by another clock than ours, another offset or another unit.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_clock_of_the_api_is_wrong(Servers servers)
{
    private static readonly SimulatorOptions Population = new()
    {
        Employees = 300,
        TransitionsPerMinute = 1_200,
        MinimumDwell = TimeSpan.FromSeconds(60),
    };

    [Theory]
    [InlineData(10)]
    [InlineData(-10)]
    public async Task F33_P1_Should_tell_what_happens_within_seconds_and_prove_no_more_than_both_clocks_have_passed(
        int minutesAhead
    )
    {
        var clock = new SkewedClock(TimeSpan.FromMinutes(minutesAhead));
        await using var bench = await FaultBench.PrepareAsync(servers, Population, clock);
        await bench.StartPipelineAsync();
        var before = await bench.WatermarkAsync();

        await bench.LiveUntilReceivedAsync(30);

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
        var watermark = await bench.WatermarkAsync();
        watermark.ShouldBeLessThan(TimeProvider.System.GetUtcNow());
        watermark.ShouldBeLessThan(clock.GetUtcNow());
        watermark.ShouldBeGreaterThan(before, "it goes on");
    }

    [Fact]
    public async Task F33_P1_Should_not_be_polled_in_haste_when_it_is_behind_by_more_than_a_window()
    {
        // The past ends some seconds before the first start: how far a clock is behind is not known to the second.
        var clock = new SkewedClock(TimeSpan.FromMinutes(-10) - TimeSpan.FromSeconds(15));
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            Population with
            {
                History = TimeSpan.FromMinutes(3),
            },
            clock
        );
        clock.Ahead = TimeSpan.FromMinutes(-10);
        bench.PollAs(feed =>
            feed with
            {
                MaxWindow = TimeSpan.FromMinutes(1),
                StartFrom = clock.GetUtcNow().AddMinutes(-4),
            }
        );
        await bench.StartPipelineAsync();
        await bench.WaitForRequestsAsync(UpstreamEndpoint.Feed, more: 1);
        bench.Simulator.Requests.Clear();

        await bench.LiveUntilReceivedAsync(10);
        await bench.WaitForRequestsAsync(UpstreamEndpoint.Feed, more: 3);

        (await bench.JudgeAsync()).ShouldBeComplete();
        bench.ShouldNotBeAskedInHaste(UpstreamEndpoint.Feed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public async Task F33_P1_Should_take_an_instant_for_what_it_is_whatever_its_offset(int hours)
    {
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            Population with
            {
                Companies = [new Simulator.CompanyOptions { UtcOffset = TimeSpan.FromHours(hours) }],
            }
        );
        await bench.StartPipelineAsync();

        await bench.LiveUntilReceivedAsync(20);

        (await bench.JudgeAsync()).ShouldBeComplete();
        var truth = bench.Simulator.Ledger.After(0).Where(entry => !entry.Initial).ToList();
        foreach (var told in bench.Subscriber.Received)
        {
            truth.ShouldContain(entry =>
                entry.EmployeeId == told.EmployeeId
                && entry.AssignedCourseSerial == told.AssignedCourseSerial
                && entry.To.Word() == told.Status
                && entry.At == told.OccurredAt
            );
        }
    }

    [Fact]
    public async Task F33_P1_Should_keep_apart_what_no_clock_can_have_shown()
    {
        await using var bench = await FaultBench.PrepareAsync(servers, Population);
        var now = TimeProvider.System.GetUtcNow();
        string[] implausible =
        [
            // Milliseconds where an instant should be; seconds taken for milliseconds; milliseconds taken for seconds; a year off.
            $"{now.ToUnixTimeMilliseconds()}",
            $"{DateTimeOffset.FromUnixTimeMilliseconds(now.ToUnixTimeSeconds()):yyyy-MM-dd'T'HH:mm:sszzz}",
            "+55842-01-31T09:30:00+07:00",
            $"{now.AddYears(1):yyyy-MM-dd'T'HH:mm:sszzz}",
        ];
        foreach (var updatedAt in implausible)
            bench.Simulator.Faults.AddFeedRow(Row(updatedAt));
        await bench.StartPipelineAsync();

        await bench.LiveUntilReceivedAsync(20);

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
        var reasons = await bench.Deployment.QuarantineAsync();
        reasons.Count.ShouldBe(implausible.Length);
        reasons.Count(reason => reason.Contains("is not a date and time")).ShouldBe(2);
        reasons.Count(reason => reason.Contains("not plausible")).ShouldBe(2);
    }

    private static string Row(string updatedAt) =>
        $$"""
            {"assignedCourseSerial":"ASGC-CLOCK","employeeID":"ID-CLOCK","courseName":"Clocks","completedAt":"","updatedAt":"{{updatedAt}}","status":"in_progress"}
            """;
}
