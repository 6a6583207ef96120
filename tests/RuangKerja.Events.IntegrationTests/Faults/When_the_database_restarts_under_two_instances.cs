using System.Text.RegularExpressions;
using RuangKerja.Events.IntegrationTests.Service;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>Both instances lose the database at once, and find it again.</summary>
[Trait("Promise", "P4")]
public sealed partial class When_the_database_restarts_under_two_instances(Servers servers)
{
    [Fact]
    public async Task F14_P4_Should_leave_one_that_polls_and_one_that_relays()
    {
        await using var postgres = await PostgresServer.StartAsync();
        await using var bench = await FaultBench.PrepareAsync(
            postgres.ConnectionString,
            await servers.CreateVirtualHostAsync()
        );
        await using var two = await TwoInstances.StartAsync(bench);
        await bench.LiveUntilReceivedAsync(10);

        bench.Simulator.Resume();
        await postgres.StopAsync();
        await postgres.StartAgainAsync();
        await bench.LiveUntilReceivedAsync(10);
        (await bench.JudgeAsync()).ShouldBeComplete();

        (await two.Leases.ReadAsync()).Count(lease => !lease.IsOver).ShouldBe(2, "one for each part");
        string[] terms = [.. Terms(two.Leader), .. Terms(two.Standby)];
        terms.ShouldBeUnique();
        terms.ShouldContain("has the Feed lease (term 1)", "they say what they have");
        terms.ShouldContain("has the Relay lease (term 1)", "they say what they have");
        await TwoInstances.AssertOnePollsAsync(bench);
        // Two relays would send everything twice.
        var repeated = (await bench.JudgeAsync()).Repeated;
        await bench.LiveUntilReceivedAsync(20);
        (await bench.JudgeAsync()).Repeated.ShouldBe(repeated, "one of them relays");
    }

    /// <summary>Which terms of which part an instance says it has had.</summary>
    private static IEnumerable<string> Terms(ServiceProcess instance) =>
        Taken().Matches(instance.Out).Select(match => match.Value);

    [GeneratedRegex(
        @"has the (Feed|Relay) lease \(term \d+\)",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1_000
    )]
    private static partial Regex Taken();
}
