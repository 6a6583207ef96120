namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The connection to the broker is reset while many confirms are on their way.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P3")]
public sealed class When_confirms_are_cut_off(Servers servers)
{
    private const int Burst = 400;

    // The relay's own bound of messages without a confirm.
    private const int MostInFlight = 128;

    [Fact]
    public async Task F17_P3_Should_send_again_only_what_was_not_confirmed()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(10);
        var before = bench.Broker.Accepted;

        // A confirm is 21 bytes, and may stand for all that is in flight: the second of at least four is cut in two.
        bench.Broker.Upstream.Once(Bytes.Hold("CourseStatusChanged"), () => bench.Broker.Downstream.CutAfter(30));
        for (var i = 0; i < Burst; i++)
            bench.Simulator.Assign();

        var verdict = await bench.JudgeAsync();
        verdict.ShouldBeComplete();
        bench.Broker.Accepted.ShouldBeGreaterThan(before, "the connection was made anew");
        verdict.Repeated.ShouldBeInRange(1, MostInFlight);
    }
}
