using RuangKerja.Events.Contracts;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>Whatever the API answers: health says what is wrong, and when it is over nothing is missing.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_api_misbehaves(Servers servers)
{
    private static readonly Dictionary<
        string,
        (Action<SimulatorHost> Begin, Action<SimulatorHost> End, string Health)
    > Troubles = new()
    {
        ["not JSON"] = (
            api => api.Faults.Answer(AnswerFault.Html(200) with { Count = int.MaxValue }),
            api => api.Faults.Clear(),
            "JSON"
        ),
        ["errorCode in HTTP 200"] = (
            api =>
                api.Faults.Answer(
                    AnswerFault.InsideHttp200(14, "rpc error: code = Unavailable desc = resting") with
                    {
                        Count = int.MaxValue,
                    }
                ),
            api => api.Faults.Clear(),
            "Unavailable"
        ),
        ["connections cut"] = (
            api => api.Faults.Answer(new AnswerFault { Abort = true, Count = int.MaxValue }),
            api => api.Faults.Clear(),
            "reading the feed"
        ),
        ["credentials revoked"] = (
            api =>
            {
                api.Faults.RevokeCredentials();
                api.Faults.ExpireTokens();
            },
            api => api.Faults.RestoreCredentials(),
            "Credentials does not match"
        ),
    };

    public static TheoryData<string> Names => [.. Troubles.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_say_why_and_catch_up_by_itself(string trouble)
    {
        await using var deployment = await Deployment.PrepareAsync(
            servers,
            new SimulatorOptions { TransitionsPerMinute = 1_200 }
        );
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;

        var (begin, end, health) = Troubles[trouble];
        begin(deployment.Simulator);
        await Wait.Until(
            () => deployment.FailureOf(PipelinePart.Feed)?.Contains(health, StringComparison.OrdinalIgnoreCase) == true,
            TimeSpan.FromSeconds(30),
            $"health to say '{health}', it says '{deployment.FailureOf(PipelinePart.Feed)}'"
        );
        await deployment.LiveAsync(transitions: 10);
        end(deployment.Simulator);

        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await subscriber.WaitForAsync(truth.Count);
        subscriber.Received.ShouldTell(truth);
        deployment.FailureOf(PipelinePart.Feed).ShouldBeNull();
    }

    [Fact]
    public async Task Should_renew_an_expired_token_without_anybody_noticing()
    {
        await using var deployment = await Deployment.PrepareAsync(servers);
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();

        deployment.Simulator.Faults.ExpireTokens();
        var polls = deployment.Simulator.Requests.Count(UpstreamEndpoint.Feed);
        await Wait.Until(
            () => deployment.Simulator.Requests.Count(UpstreamEndpoint.Feed) >= polls + 3,
            TimeSpan.FromSeconds(30),
            "three more polls"
        );

        deployment.FailureOf(PipelinePart.Feed).ShouldBeNull();
        deployment.Simulator.Requests.Count(UpstreamEndpoint.Token).ShouldBe(2);
    }
}
