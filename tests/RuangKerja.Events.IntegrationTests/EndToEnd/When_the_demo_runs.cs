using RuangKerja.Events.IntegrationTests.Service;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

public sealed class When_the_demo_runs
{
    private static readonly Dictionary<string, string> NoSettings = [];

    [Fact]
    public async Task Should_end_with_counts_that_agree()
    {
        await using var demo = ServiceProcess.Start(NoSettings, "demo", "--for", "5", "--rate", "120");

        (await demo.WaitForExitAsync(TimeSpan.FromSeconds(90))).ShouldBe(0, demo.Out + demo.Error);

        var counts = demo
            .Out.Split('\n')
            .Where(line =>
                line.Contains("ledger transitions") || line.Contains("events stored") || line.Contains("messages ")
            )
            .Select(line => int.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[2]))
            .ToList();
        counts.Count.ShouldBe(4);
        counts.ShouldAllBe(count => count == counts[0] && count > 0);
        demo.Out.Split('\n')
            .Count(line => line.Contains("subscriber") && line.Contains(", event "))
            .ShouldBe(counts[0]);
    }

    [Fact]
    public async Task Should_count_to_the_end_when_it_is_interrupted()
    {
        await using var demo = ServiceProcess.Start(NoSettings, "demo", "--rate", "600");
        await Wait.Until(
            () => demo.Out.Contains(", event ") || !demo.IsRunning,
            TimeSpan.FromSeconds(60),
            "a first event"
        );

        demo.SendTerminate();

        (await demo.WaitForExitAsync(TimeSpan.FromSeconds(60))).ShouldBe(0, demo.Out + demo.Error);
        demo.Out.ShouldContain("Every change has arrived, once.");
    }
}
