namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>Two instances that share a queue without taking turns: they get an assignment's versions in any order.</summary>
[Trait("Promise", "P3")]
public sealed class When_two_instances_run_at_once(Servers servers)
{
    [Fact]
    public async Task F24_P3_Should_handle_each_version_once_and_in_order_between_them()
    {
        await using var bench = await GapBench.StartAsync(servers, GapBench.Queue);
        var employees = Enumerable.Range(1, 30).ToArray();
        var others = new Recorder { Effect = bench.Recorder.HandleAsync };
        await using var other = await bench.StartInstanceAsync(others);

        for (var step = 1; step <= 5; step++)
            await bench.ChangeAsync(employees);

        foreach (var employee in employees)
            await bench.WaitForAsync(employee, 1, 2, 3, 4, 5);
        await bench.WaitForClosedGapsAsync();
        // Not once more since, by what the replays have brought.
        foreach (var employee in employees)
            bench.VersionsOf(employee).ShouldBe([1, 2, 3, 4, 5]);
        others.Done.Count.ShouldBeInRange(1, bench.Recorder.Done.Count - 1);
    }
}
