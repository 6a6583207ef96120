using RuangKerja.Events.Diagnostics;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Upstream;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

/// <summary>Nobody relays, as with a broker that takes nothing, and more waits for it than the budget allows.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_outbox_is_over_its_budget(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_poll_slowly_and_say_so_and_as_usual_once_it_is_empty_again()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, new SimulatorOptions { Employees = 20 });
        deployment.Budget(100);
        await deployment.ColumnAsync(
            """
            insert into ruangkerja.lease (tenant_id, role, holder, term, expires_at, schema_version)
            values ('*DEFAULT*', 'relay', 'another', 1, now() + interval '1 hour', 3)
            """
        );
        await deployment.ColumnAsync(
            """
            insert into ruangkerja.outbox (seq_id, event_id, tenant_id, stream_id)
            select -i, gen_random_uuid(), '*DEFAULT*', i::text from generate_series(1, 300) as i
            """
        );
        await deployment.StartPipelineAsync();
        await Wait.Until(
            () => deployment.FailureOf(PipelinePart.Outbox)?.Contains("more than 100 (Relay:OutboxBudget)") == true,
            Patience,
            "the outbox to be over its budget"
        );

        // Until the backlog is read once more: ten seconds, and ten polls of a feed that is not slowed down.
        var (read, polls) = (ReadAt(deployment), Polls(deployment));
        await Wait.Until(() => ReadAt(deployment) > read, Patience, "the backlog to be read again");
        Polls(deployment).ShouldBeLessThanOrEqualTo(polls + 1);

        await deployment.ColumnAsync("delete from ruangkerja.outbox");
        polls = Polls(deployment);
        await Wait.Until(() => Polls(deployment) >= polls + 3, Patience, "polls as usual");
        deployment.FailureOf(PipelinePart.Outbox).ShouldBeNull();
    }

    private static DateTimeOffset? ReadAt(Deployment deployment) =>
        deployment.Health.Single(h => h.Part == PipelinePart.Quarantine).LastSuccess;

    private static long Polls(Deployment deployment) => deployment.Simulator.Requests.Count(UpstreamEndpoint.Feed);
}
