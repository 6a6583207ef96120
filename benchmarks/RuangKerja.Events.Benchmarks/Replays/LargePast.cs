namespace RuangKerja.Events.Benchmarks.Replays;

/// <summary>Very many stored events, of five for each assignment, put into an empty database by the server itself.</summary>
internal static class LargePast
{
    private const string Events = """
        with event as (
            select n, 'ASGC-' || (n % {streams}) || '/ID-' || (n % {streams}) || '/0a1b2c3d' as stream,
                   1 + n / {streams} as version, timestamptz '2026-01-31 05:00Z' + n * interval '1 ms' as at
            from generate_series(0, {count} - 1) as n
        ), streams as (
            insert into ruangkerja.mt_streams (tenant_id, id, type, version)
            select '*DEFAULT*', stream, 'assignment', max(version) from event group by stream
        ), assignments as (
            insert into ruangkerja.assignment_index (tenant_id, stream_id, employee_id, course_digest)
            select '*DEFAULT*', stream, 'ID-' || min(n), md5('')::uuid from event group by stream
        ), events as (
            insert into ruangkerja.mt_events (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, is_archived)
            select n + 1, md5('event ' || n)::uuid, stream, version,
                   jsonb_build_object('employeeId', 'ID-' || (n % {streams}), 'courseName', 'Keselamatan dan Kesehatan Kerja',
                       'assignedCourseSerial', 'ASGC-' || (n % {streams}), 'previousStatus', 'in_progress',
                       'status', 'completed', 'kind', 'completed', 'attempt', 1, 'inferred', false,
                       'occurredAt', '2026-01-31T05:00:00+00:00', 'occurredAtPrecision', 'instant',
                       'detectedAt', '2026-01-31T05:00:10+00:00', 'postTest', 87.5, 'source', 'feed'),
                   'course_status_changed', at, '*DEFAULT*', false
            from event
        )
        insert into ruangkerja.event_index
            (seq_id, event_id, tenant_id, stream_id, version, kind, status, baseline, occurred_at, recorded_at)
        select n + 1, md5('event ' || n)::uuid, '*DEFAULT*', stream, version, 'completed', 'completed', false, at, at from event;
        select setval('ruangkerja.mt_events_sequence', {count})
        """;

    private const string Outbox = """
        insert into ruangkerja.outbox (seq_id, event_id, tenant_id, stream_id)
        select seq_id, event_id, tenant_id, stream_id from ruangkerja.event_index where seq_id between {first} and {last};
        select pg_notify('ruangkerja_outbox', '*DEFAULT*')
        """;

    public static async Task WriteAsync(string database, int count, CancellationToken cancellationToken)
    {
        await BenchmarkDatabase.ExecuteAsync(
            database,
            Events.Replace("{count}", $"{count}").Replace("{streams}", $"{count / 5}"),
            cancellationToken
        );
        await BenchmarkDatabase.ExecuteAsync(database, "vacuum analyze", cancellationToken);
    }

    /// <summary>Makes these the news.</summary>
    public static Task QueueAsync(string database, long first, long last, CancellationToken cancellationToken) =>
        BenchmarkDatabase.ExecuteAsync(
            database,
            Outbox.Replace("{first}", $"{first}").Replace("{last}", $"{last}"),
            cancellationToken
        );
}
