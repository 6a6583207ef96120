using RuangKerja.Events.Courses;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>A database as version 1 of the schema left it: polled, bootstrapped, with three assignments and a bad row.</summary>
internal static class Version1
{
    /// <summary>Where its watermark stands, in UTC.</summary>
    public static readonly DateTimeOffset Watermark = StoreFixture.Start.AddMinutes(20);

    /// <summary>When its past was read.</summary>
    public static readonly DateTimeOffset BootstrappedAt = StoreFixture.Start.AddMinutes(10);

    /// <summary>A row that today's rules accept.</summary>
    public const string Quarantined =
        """{"assignedCourseSerial":"ASGC-1","employeeID":"ID-1","courseName":"Course of default","completedAt":"","updatedAt":"2026-01-31T12:05:00+07:00","status":"completed"}""";

    public static async Task<StoreFixture> CreateAsync(Servers servers)
    {
        var store = await StoreFixture.CreateAsync(servers, applied: false);
        await store.ExecuteAsync("create schema ruangkerja");
        foreach (var script in new[] { "001_marten_tables", "001_pipeline_tables" })
            await store.ExecuteAsync(store.Database.Sql.Script(script));
        await store.ExecuteAsync(
            $$"""
            insert into ruangkerja.schema_version (version) values (1);
            insert into ruangkerja.poll_progress (tenant_id, started_from, watermark, bootstrapped_at)
            values ('*DEFAULT*', '{{StoreFixture.Start:O}}', '{{Watermark:O}}', '{{BootstrappedAt:O}}');
            insert into ruangkerja.quarantine (tenant_id, source, row_hash, raw, reasons)
            values ('*DEFAULT*', 'feed', sha256(convert_to('{{Quarantined}}', 'UTF8')), '{{Quarantined}}', array['too strict']);
            """
        );
        for (var employee = 1; employee <= 3; employee++)
            await InsertAsync(store, employee);
        return store;
    }

    private static async Task InsertAsync(StoreFixture store, int employee)
    {
        var id = AssignmentId.FromFeed("ASGC-1", $"ID-{employee}", "Course of default").Value;
        var told = """
            "employeeId": "ID-#", "courseName": "Course of default", "assignedCourseSerial": "ASGC-1", "status": "in_progress",
            "attempt": 1, "occurredAt": "2026-01-31T05:00:00+00:00", "detectedAt": "2026-01-31T05:00:30+00:00", "source": "feed"
            """.Replace("#", $"{employee}");
        await store.ExecuteAsync(
            $$"""
            insert into ruangkerja.mt_streams (tenant_id, id, type, version)
            values ('*DEFAULT*', '{{id}}', 'course_status_snapshot', 1);
            insert into ruangkerja.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id)
            values (nextval('ruangkerja.mt_events_sequence'), gen_random_uuid(), '{{id}}', 1,
                    '{ {{told}}, "kind": "started", "inferred": false, "baseline": true, "occurredAtPrecision": "instant" }',
                    'course_status_changed', now(), '*DEFAULT*');
            insert into ruangkerja.mt_doc_coursestatussnapshot (tenant_id, id, data, mt_version)
            values ('*DEFAULT*', '{{id}}',
                    '{ {{told}}, "id": "{{id}}", "version": 1, "feedUpdatedAt": "2026-01-31T05:00:00+00:00" }',
                    gen_random_uuid());
            """
        );
    }
}
