using Npgsql;
using RuangKerja.Events.Courses;

namespace RuangKerja.Events.IntegrationTests.Storage;

/// <summary>A database of 200,000 assignments: what a page or a window touches is looked up, whatever else there is.</summary>
public sealed class When_much_is_known(Servers servers)
{
    private const int Assignments = 200_000;

    // Keys as AssignmentKey makes them: by the name and by the serial.
    private const string Fill = """
        set session_replication_role = replica; -- no look-up of each event's stream
        create temporary table made as
        select i, 'ID-' || i as employee, 'ASGC-1/ID-' || i as id from generate_series(1, 200000) as i;

        insert into ruangkerja.mt_streams (tenant_id, id, type, version)
        select '*DEFAULT*', id, 'course_status_snapshot', 1 from made;

        insert into ruangkerja.mt_doc_coursestatussnapshot (tenant_id, id, data, mt_version, mt_dotnet_type)
        select '*DEFAULT*', id,
               jsonb_build_object('id', id, 'employeeId', employee, 'courseName', 'K3', 'courseSerial', 'COURSE-1',
                                  'assignedCourseSerial', 'ASGC-1', 'status', 'in_progress', 'version', 1, 'attempt', 1,
                                  'occurredAt', '2026-01-31T05:00:00+00:00', 'detectedAt', '2026-01-31T05:00:00+00:00',
                                  'feedUpdatedAt', '2026-01-31T05:00:00+00:00', 'source', 'feed'),
               gen_random_uuid(), 'RuangKerja.Events.Courses.CourseStatusSnapshot'
        from made;

        insert into ruangkerja.mt_events (tenant_id, seq_id, id, stream_id, version, data, type, timestamp)
        select '*DEFAULT*', i, gen_random_uuid(), id, 1, '{}', 'course_status_changed', now() from made;

        insert into ruangkerja.assignment_key (tenant_id, digest, stream_ids)
        select '*DEFAULT*',
               encode(substring(sha256(convert_to(kind || ' ' || length(employee) || ' ' || employee || ' ' || course, 'UTF8'))
                                for 16), 'hex')::uuid,
               array[id]
        from made cross join (values ('name', 'k3'), ('serial', 'COURSE-1')) as key (kind, course);

        insert into ruangkerja.sweep_progress (tenant_id, course_serial, course_name, sweep_id, due_at, updated_at)
        select case when i <= 1000 then '*DEFAULT*' else 'tenant-' || i / 1000 end, 'COURSE-' || i, 'K3',
               '00000000-0000-0000-0000-000000000001', now(), now()
        from made where i <= 100000;
        """;

    [Fact]
    public async Task Should_look_up_what_is_asked_for_and_read_no_table_through()
    {
        await using var store = await StoreFixture.CreateAsync(servers);
        await store.ExecuteAsync(Fill);

        foreach (var analyzed in new[] { false, true })
        {
            if (analyzed)
                await store.ExecuteAsync("analyze");
            foreach (var rows in new[] { 1, 100, 5_000 })
            {
                var keys = KeysOf(rows);
                var plan = await PlanAsync(
                    store,
                    store.Database.Sql.LoadKnown,
                    Company.Default.TenantId,
                    keys.Select(key => key.Digest()).ToArray()
                );
                plan.ShouldNotContain("Seq Scan", Case.Sensitive, $"{rows} rows, analyzed: {analyzed}");

                var known = await store.Store.LoadKnownAsync(Company.Default, keys, CancellationToken.None);
                (known.Keys.Count, known.Snapshots.Count).ShouldBe((2 * rows, rows));
            }
        }

        var due = await PlanAsync(
            store,
            store.Database.Sql.TakeDueCourses,
            Company.Default.TenantId,
            new Guid("00000000-0000-0000-0000-000000000001"),
            TimeProvider.System.GetUtcNow().AddMinutes(1),
            TimeProvider.System.GetUtcNow().AddMinutes(5),
            64
        );
        due.ShouldNotContain("Seq Scan");
    }

    private static IReadOnlyCollection<AssignmentKey> KeysOf(int rows) =>
        [
            .. Enumerable
                .Range(1, rows)
                .Select(i => i * (Assignments / rows))
                .SelectMany(i =>
                    new[] { AssignmentKey.ByName($"ID-{i}", "k3"), AssignmentKey.BySerial($"ID-{i}", "COURSE-1") }
                ),
        ];

    private static async Task<string> PlanAsync(StoreFixture store, string sql, params object[] parameters)
    {
        await using var connection = await store.Database.Source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var command = new NpgsqlCommand($"explain (analyze) {sql}", connection);
        foreach (var value in parameters)
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
            lines.Add(reader.GetString(0));
        return string.Join('\n', lines);
    }
}
