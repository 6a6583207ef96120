using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Benchmarks.Storage;

/// <summary>
/// 1,000,000 events of 250,000 assignments, four each, of two companies: 5,000 employees with 50 courses out of 100. The first
/// event of each is baseline; ten of all are of the rarest kind. Stored three seconds apart over five weeks, dated up to 90 days earlier.
/// </summary>
internal static class StoredMillion
{
    public const int Events = 1_000_000;

    public const string Employee = "ID-003123";
    public const string CourseName = "Course number 5";
    public const string CourseSerial = "COURSE-5";

    /// <summary>When the first was stored.</summary>
    public static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Fill = """
        create temporary table made as
        select n, case when n % 4 = 0 then 'acme' else '*DEFAULT*' end as tenant,
               'ID-' || lpad((n / 50)::text, 6, '0') as employee, 'Course number ' || n % 50 as course, n % 50 as number,
               'ASGC-' || n % 100 || '/ID-' || lpad((n / 50)::text, 6, '0') || '/' || substr(md5(n::text), 1, 8) as id
        from generate_series(0, 249999) as n;

        insert into ruangkerja.mt_streams (tenant_id, id, type, version)
        select tenant, id, 'course_status_snapshot', 4 from made;

        insert into ruangkerja.assignment_index (tenant_id, stream_id, employee_id, course_digest, course_serial)
        select tenant, id, employee, encode(substring(sha256(convert_to(lower(course), 'UTF8')) for 16), 'hex')::uuid,
               'COURSE-' || number
        from made;

        insert into ruangkerja.event_index
            (seq_id, event_id, tenant_id, stream_id, version, kind, status, baseline, occurred_at, recorded_at)
        select seq_id, gen_random_uuid(), tenant, id, v,
               case v when 1 then 'assigned' when 2 then 'started' when 3 then case when n % 25000 = 7 then 'expired' else 'completed' end
                      else 'reopened' end,
               case v when 1 then 'not_started' when 2 then 'in_progress' when 3 then case when n % 25000 = 7 then 'expired' else 'completed' end
                      else 'in_progress' end,
               v = 1, timestamptz '2026-01-01 00:00+00' + seq_id * interval '3 seconds' - n % 90 * interval '1 day',
               timestamptz '2026-01-01 00:00+00' + seq_id * interval '3 seconds'
        from (select row_number() over (order by v, md5(n::text || v)) as seq_id, v, made.*
              from made cross join generate_series(1, 4) as v) as event
        order by seq_id;

        insert into ruangkerja.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, correlation_id)
        select event.seq_id, event.event_id, event.stream_id, event.version,
               jsonb_build_object(
                   'employeeId', made.employee, 'courseName', made.course, 'courseSerial', 'COURSE-' || made.number,
                   'assignedCourseSerial', 'ASGC-' || made.n % 100, 'status', event.status, 'kind', event.kind, 'attempt', 1,
                   'inferred', false, 'baseline', event.baseline, 'occurredAt', event.occurred_at,
                   'occurredAtPrecision', 'instant', 'detectedAt', event.recorded_at, 'source', 'feed'),
               'course_status_changed', event.recorded_at, event.tenant_id,
               'RuangKerja.Events.Courses.CourseStatusChanged, RuangKerja.Events', gen_random_uuid()::text
        from ruangkerja.event_index as event
        join made on made.id = event.stream_id
        order by event.seq_id;

        insert into ruangkerja.mt_doc_coursestatussnapshot (tenant_id, id, data, mt_version)
        select tenant_id, stream_id, data || jsonb_build_object('id', stream_id, 'version', 4), gen_random_uuid()
        from ruangkerja.mt_events
        where version = 4;

        select setval('ruangkerja.mt_events_sequence', 1000000);
        analyze;
        """;

    /// <summary>Fills the empty tables; takes a minute or so.</summary>
    public static Task FillAsync(string connectionString, CancellationToken cancellationToken) =>
        BenchmarkDatabase.ExecuteAsync(connectionString, Fill, cancellationToken);
}
