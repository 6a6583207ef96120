using RuangKerja.Events.Courses;
using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Marten;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>What one engine wrote the other goes on with, one after the other and both at once.</summary>
[Trait("Promise", "P1")]
[Trait("Promise", "P4")]
public sealed class When_engines_alternate(Servers servers)
{
    private const int Employees = 20;
    private const int Rounds = 12;

    [Fact]
    public async Task Should_tell_all_that_happens_once_and_in_order()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        IStorageEngine[] turns =
        [
            NpgsqlEngine.Instance,
            MartenEngine.Instance,
            NpgsqlEngine.Instance,
            MartenEngine.Instance,
        ];

        foreach (var (turn, engine) in turns.Index())
        {
            bench.Deployment.Configure(options => options with { Storage = options.Storage with { Engine = engine } });
            if (turn == 0)
                await bench.StartPipelineAsync();
            else
                await bench.Deployment.StartPipelineAsync();
            await bench.LiveUntilReceivedAsync(15);
            (await bench.JudgeAsync()).ShouldBeComplete();
            await bench.Deployment.StopPipelineAsync();
        }
    }

    [Fact]
    public async Task Should_lose_and_double_nothing_when_both_write_at_once()
    {
        await using var both = await BothEngines.CreateAsync(servers);
        CourseStatus[] statuses = [CourseStatus.InProgress, CourseStatus.Completed, CourseStatus.NotStarted];

        // Each row may be written by either; the other one then finds it written.
        await Task.WhenAll(
            both.Stores.Select(store =>
                Task.Run(async () =>
                {
                    for (var round = 0; round < Rounds; round++)
                        await WriteAsync(
                            store,
                            [
                                .. Enumerable
                                    .Range(1, Employees)
                                    .Select(employee => Row(statuses[round % statuses.Length], round, employee)),
                            ]
                        );
                })
            )
        );

        (
            await both.Fixture.RowsAsync(
                """
                select stream.version, count(event), min(event.version), max(event.version), count(distinct event.version),
                       count(index), count(outbox), snapshot.data ->> 'version',
                       snapshot.data ->> 'status' = max(event.data ->> 'status') filter (where event.version = stream.version),
                       bool_and(event.version = 1 or event.data ->> 'previousStatus' is not null)
                from ruangkerja.mt_streams as stream
                join ruangkerja.mt_events as event using (tenant_id)
                join ruangkerja.mt_doc_coursestatussnapshot as snapshot
                    on snapshot.tenant_id = stream.tenant_id and snapshot.id = stream.id
                left join ruangkerja.event_index as index
                    on index.seq_id = event.seq_id and index.event_id = event.id and index.recorded_at = event.timestamp
                left join ruangkerja.outbox as outbox on outbox.seq_id = event.seq_id
                where stream.type = 'course_status_snapshot' and event.stream_id = stream.id
                group by stream.id, stream.version, snapshot.data
                """
            )
        ).ShouldBe(Enumerable.Repeat(ExpectedOf(Rounds), Employees));
        (await both.Fixture.ScalarAsync<long>("select count(*) from ruangkerja.assignment_index")).ShouldBe(Employees);

        static string ExpectedOf(long events) =>
            $"{events} | {events} | 1 | {events} | {events} | {events} | {events} | {events} | True | True";
    }
}
