using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>A newer version applies its schema while this one still runs.</summary>
[Trait("Promise", "P1")]
public sealed class When_the_schema_moves_on(Servers servers)
{
    [Fact]
    public async Task Should_write_nothing_more_and_say_so()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        await bench.StartPipelineAsync();
        await bench.LiveUntilReceivedAsync(5);

        // As this version did to the one before: docs/decisions/0022.
        await bench.Deployment.ColumnAsync(
            """
            begin;
            alter table ruangkerja.commit_batch add column fence integer not null default 3;
            alter table ruangkerja.commit_batch alter column fence drop default;
            insert into ruangkerja.schema_version (version) values (99);
            commit;
            """
        );
        var stored = await bench.Deployment.ColumnAsync("select count(*) from ruangkerja.mt_events");
        await bench.Deployment.LiveAsync(5);

        (
            await bench.WaitForTroubleAsync(PipelinePart.Database, "is of version 99; this program knows version 3")
        ).ShouldContain("Run a newer version of this program.");
        (await bench.Deployment.ColumnAsync("select count(*) from ruangkerja.mt_events")).ShouldBe(stored);
    }
}
