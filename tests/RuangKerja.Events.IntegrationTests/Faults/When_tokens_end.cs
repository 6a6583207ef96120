using System.Text;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.Sweeps;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The access token ends, or there is none to be had.</summary>
[Trait("Promise", "P1")]
public sealed class When_tokens_end(Servers servers)
{
    // A roster of three pages.
    private static readonly SimulatorOptions OneCourse = new()
    {
        Employees = 250,
        Courses = 1,
        CoursesWithoutRoster = 0,
        AssignmentsPerEmployee = 1,
    };

    [Fact]
    public async Task F29_P1_Should_be_renewed_before_they_end_between_two_pages()
    {
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            OneCourse with
            {
                Employees = 950,
                TokenLifetime = TimeSpan.FromSeconds(12),
            }
        );
        bench.Deployment.SweepAs(new RosterOptions());
        // Ten pages take as long as a token lives; each is answered well within what is left of it when it is renewed.
        bench.Simulator.Faults.Delay = TimeSpan.FromSeconds(1);
        await bench.StartPipelineAsync();

        bench.Asked(UpstreamEndpoint.Roster).ShouldBe(10, "no page was refused");
        bench.Asked(UpstreamEndpoint.Token).ShouldBeGreaterThan(1);
        await bench.Deployment.ShouldHoldTheTruthAsync();
    }

    [Fact]
    public async Task F29_P1_Should_be_renewed_once_when_they_are_refused_between_two_pages()
    {
        await using var bench = await FaultBench.PrepareAsync(servers, OneCourse);
        bench.Deployment.SweepAs(new RosterOptions());
        bench.Api.Upstream.Once(
            chunk => Encoding.ASCII.GetString(chunk.Span).Contains("?page=2&", StringComparison.Ordinal),
            bench.Simulator.Faults.ExpireTokens
        );
        await bench.StartPipelineAsync();

        bench.Asked(UpstreamEndpoint.Roster).ShouldBe(4, "the second page was asked for again");
        bench.Asked(UpstreamEndpoint.Token).ShouldBe(2);
        await bench.Deployment.ShouldHoldTheTruthAsync();
        bench.Deployment.Health.ShouldAllBe(part => part.Failure == null);
    }

    [Fact]
    public async Task F29_P1_Should_be_used_to_their_end_while_no_new_ones_are_to_be_had()
    {
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            new SimulatorOptions { TransitionsPerMinute = 600, TokenLifetime = TimeSpan.FromSeconds(30) }
        );
        bench.AskAs(api => api with { Retries = 0 });
        await bench.StartPipelineAsync();
        bench.Simulator.Faults.Answer(
            new AnswerFault
            {
                Endpoint = UpstreamEndpoint.Token,
                Status = 503,
                Count = int.MaxValue,
            }
        );

        await bench.WaitForRequestsAsync(UpstreamEndpoint.Token, more: 1);
        await bench.WaitForRequestsAsync(UpstreamEndpoint.Feed, more: 1);
        bench.FeedFailure().ShouldBeNull("the token before still lives");
        await bench.WaitForFeedFailureAsync("token");
        await bench.Deployment.LiveAsync(transitions: 10);
        bench.Asked(UpstreamEndpoint.Token).ShouldBeLessThan(10);
        bench.Simulator.Faults.Clear();

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
    }

    [Fact]
    public async Task F29_P1_Should_not_be_asked_for_again_and_again_with_a_secret_that_was_revoked()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        bench.Simulator.Requests.Clear();

        bench.Simulator.Faults.RevokeCredentials();
        bench.Simulator.Faults.ExpireTokens();
        await bench.WaitForFeedFailureAsync("Credentials does not match");
        await bench.Deployment.LiveAsync(transitions: 10);
        bench.Simulator.Faults.RestoreCredentials();

        (await bench.JudgeAsync()).ShouldBeComplete();
        await bench.WaitForGoodFeedAsync();
        // The one that was refused and, half a minute later, the one that was not.
        bench.Asked(UpstreamEndpoint.Token).ShouldBe(2);
        bench.Gaps(UpstreamEndpoint.Token).ShouldHaveSingleItem().ShouldBeGreaterThan(TimeSpan.FromSeconds(25));
    }
}
