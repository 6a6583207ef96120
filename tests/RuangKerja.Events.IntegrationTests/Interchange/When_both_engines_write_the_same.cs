using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.IntegrationTests.Storage.History;
using RuangKerja.Events.Storage;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;

namespace RuangKerja.Events.IntegrationTests.Interchange;

/// <summary>Row by row, in every table: nobody can tell from the database which engine wrote it.</summary>
public sealed class When_both_engines_write_the_same(Servers servers)
{
    // Ids and times are made anew at each commit: where they stand, and what equals what, is compared instead.
    private static readonly string[] Queries =
    [
        """
            select tenant_id, id, type, version, timestamp = (select max(e.timestamp) from ruangkerja.mt_events as e
                   where e.tenant_id = s.tenant_id and e.stream_id = s.id), created <= timestamp, is_archived
            from ruangkerja.mt_streams as s order by tenant_id, id
            """,
        """
            select seq_id, substring(id::text from 1 for 15), stream_id, version, data, bdata, type, tenant_id, mt_dotnet_type,
                   batch.batch_id is not null, timestamp = batch.committed_at, causation_id, headers, is_archived
            from ruangkerja.mt_events left join ruangkerja.commit_batch as batch on batch.batch_id::text = correlation_id
            order by seq_id
            """,
        """
            select tenant_id, id, data, mt_version is not null, mt_dotnet_type, mt_last_modified = (select max(committed_at)
                   from ruangkerja.commit_batch where committed_at <= mt_last_modified)
            from ruangkerja.mt_doc_coursestatussnapshot order by tenant_id, id
            """,
        """
            select i.seq_id, i.event_id = e.id, i.tenant_id, i.stream_id, i.version, i.kind, i.status, i.baseline, i.discarded,
                   i.occurred_at, i.recorded_at = e.timestamp
            from ruangkerja.event_index as i join ruangkerja.mt_events as e using (seq_id) order by i.seq_id
            """,
        """
            select o.seq_id, o.event_id = e.id, o.tenant_id, o.stream_id, o.state, o.reason, o.queued_at = e.timestamp
            from ruangkerja.outbox as o join ruangkerja.mt_events as e using (seq_id) order by o.seq_id
            """,
        "select * from ruangkerja.assignment_index order by tenant_id, stream_id",
        "select * from ruangkerja.assignment_key order by tenant_id, digest",
        "select tenant_id, watermark, caught_up_at is not null from ruangkerja.poll_progress order by tenant_id",
        "select tenant_id, source, row_hash, raw, array_to_string(reasons, ';'), course_serial from ruangkerja.quarantine",
        "select schema_version, count(*) from ruangkerja.commit_batch group by schema_version",
    ];

    [Fact]
    public async Task Should_leave_the_same_rows()
    {
        var written = new List<IReadOnlyList<string>>();
        foreach (var engine in Engines.All)
        {
            await using var store = await StoreFixture.CreateAsync(servers, engine);
            await WriteAsync(store);
            var rows = new List<string>();
            foreach (var query in Queries)
                rows.AddRange(await store.RowsAsync(query));
            written.Add(rows);
        }

        written.Count.ShouldBe(2);
        written[0].Count.ShouldBeGreaterThan(30);
        written[0].ShouldBe(written[1]);
    }

    /// <summary>Two companies, starts and moves, a baseline, a refresh without an event, a held event, bad rows and good ones.</summary>
    private static async Task WriteAsync(StoreFixture store)
    {
        await store.CommitAsync(Row(CourseStatus.NotStarted, 0), Row(CourseStatus.InProgress, 60, employee: 2));
        await StoredPast.CommitAsync(store, StoredPast.Acme, Row(CourseStatus.InProgress, 0, company: "acme"));
        await CommitAsync(
            store,
            await store.PrepareAsync(
                [Row(CourseStatus.Completed, 1, employee: 3)],
                bootstrapping: true,
                rejected: [new RejectedRow("{}", ["bad", "worse"])]
            )
        );
        await store.CommitAsync(Row(CourseStatus.InProgress, 90), Row(CourseStatus.InProgress, 95, employee: 2));
        var held = await store.PrepareAsync([
            Row(CourseStatus.Completed, 180),
            Row(CourseStatus.Expired, 200, employee: 4),
        ]);
        await CommitAsync(store, held with { Held = "too many at once" });
        var id = await store.ScalarAsync<long>("select id from ruangkerja.quarantine");
        await CommitAsync(
            store,
            (await store.PrepareAsync([], rejected: [new RejectedRow("[]", ["worst"])])) with
            {
                Resolved = [id],
            }
        );
    }

    private static async Task CommitAsync(StoreFixture store, ChunkCommit commit) =>
        (await store.Store.CommitAsync(commit, CancellationToken.None)).ShouldBe(CommitOutcome.Committed);
}
