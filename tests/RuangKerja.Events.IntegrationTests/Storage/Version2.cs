using RuangKerja.Events.Courses;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>A database as version 2 of the schema left it: two employees with two events each, and what others have stored.</summary>
internal static class Version2
{
    private static readonly string[] Scripts =
    [
        "001_marten_tables",
        "001_pipeline_tables",
        "002_rosters",
        "002_leases",
        "002_commit_batches",
        "002_outbox_holds",
    ];

    /// <param name="more">Assignments of one event each, besides.</param>
    public static async Task<StoreFixture> CreateAsync(Servers servers, int more = 0)
    {
        var store = await StoreFixture.CreateAsync(servers, applied: false);
        await store.ExecuteAsync("create schema ruangkerja");
        foreach (var script in Scripts)
            await store.ExecuteAsync(store.Database.Sql.Script(script));
        await store.ExecuteAsync(
            """
            insert into ruangkerja.schema_version (version) values (2);
            insert into ruangkerja.commit_batch (batch_id) values (gen_random_uuid());
            insert into ruangkerja.lease (tenant_id, role, holder, term, expires_at) values ('acme', 'feed', 'a', 1, now());
            """
        );
        foreach (var tenant in new[] { Company.MartenDefaultTenant, "acme", "Not a company" })
            await InsertAsync(store, tenant, first: 1, last: 2, versions: 2);
        if (more > 0)
            await InsertAsync(store, Company.MartenDefaultTenant, first: 3, last: more + 2, versions: 1);
        return store;
    }

    private static Task InsertAsync(StoreFixture store, string tenant, int first, int last, int versions) =>
        store.ExecuteAsync(
            $$"""
            create temporary table made as
            select i, v, 'ASGC-1/ID-' || i || '/a3c5' as id,
                   jsonb_build_object(
                       'employeeId', 'ID-' || i, 'courseName', 'Course of {{tenant}}', 'courseSerial', 'COURSE-1',
                       'assignedCourseSerial', 'ASGC-1', 'status', case v when 1 then 'in_progress' else 'completed' end,
                       'attempt', 1, 'occurredAt', timestamptz '2026-01-31T05:00:00+00' + v * interval '1 minute',
                       'detectedAt', '2026-01-31T05:30:00+00:00', 'source', 'feed') as told
            from generate_series({{first}}, {{last}}) as i cross join generate_series(1, {{versions}}) as v;

            insert into ruangkerja.mt_streams (tenant_id, id, type, version)
            select '{{tenant}}', id, 'course_status_snapshot', {{versions}} from made where v = 1;

            insert into ruangkerja.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            select nextval('ruangkerja.mt_events_sequence'), gen_random_uuid(), id, v,
                   told || jsonb_build_object(
                       'kind', case v when 1 then 'started' else 'completed' end, 'inferred', false, 'baseline', v = 1,
                       'occurredAtPrecision', 'instant'),
                   'course_status_changed', now(), '{{tenant}}'
            from made order by i, v;

            insert into ruangkerja.mt_doc_coursestatussnapshot (tenant_id, id, data, mt_version)
            select '{{tenant}}', id, told || jsonb_build_object('id', id, 'version', v), gen_random_uuid()
            from made where v = {{versions}};
            """
        );
}
