using System.Collections.Concurrent;
using System.Reflection;

namespace RuangKerja.Events.Storage;

/// <summary>The statements, one file each in <c>Sql/</c>, by file name, with the schema put in.</summary>
internal sealed class SqlText(string schema)
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    public string ReadCatalog => Statement("read_catalog");
    public string ReadSchemaVersion => Statement("read_schema_version");
    public string WriteSchemaVersion => Statement("write_schema_version");
    public string ReadProgress => Statement("read_progress");
    public string StartProgress => Statement("start_progress");
    public string LoadKnown => Statement("load_known");
    public string AdvanceWatermark => Statement("advance_watermark");
    public string AdvanceBackfill => Statement("advance_backfill");
    public string AdvanceSweep => Statement("advance_sweep");
    public string BeginKeys => Statement("begin_keys");
    public string ExtendKeys => Statement("extend_keys");
    public string StartStreams => Statement("start_streams");
    public string AdvanceStreams => Statement("advance_streams");
    public string HoldStreams => Statement("hold_streams");
    public string StampStreams => Statement("stamp_streams");
    public string LockStreams => Statement("lock_streams");
    public string AppendEvents => Statement("append_events", "index_events");
    public string IndexAppended => Statement("index_appended", "index_events");
    public string CompareSnapshots => Statement("compare_snapshots");
    public string StoreSnapshots => Statement("store_snapshots");
    public string QuarantineRows => Statement("quarantine_rows");
    public string ListQuarantine => Statement("list_quarantine");
    public string LoadQuarantine => Statement("load_quarantine");
    public string DiscardQuarantine => Statement("discard_quarantine");
    public string NotifyOutbox => Statement("notify_outbox");
    public string Listen => Statement("listen");
    public string ReadPending => Statement("read_pending");
    public string RemoveConfirmed => Statement("remove_confirmed");
    public string SetAside => Statement("set_aside");
    public string TrimUnroutable => Statement("trim_unroutable");
    public string ReadCatalogue => Statement("read_catalogue");
    public string RemoveCatalogue => Statement("remove_catalogue");
    public string WriteCatalogue => Statement("write_catalogue");
    public string ReadSweep => Statement("read_sweep");
    public string BeginSweep => Statement("begin_sweep");
    public string RemoveSweepCourses => Statement("remove_sweep_courses");
    public string AddSweepCourses => Statement("add_sweep_courses");
    public string TakeDueCourses => Statement("take_due_courses");
    public string ReadPendingCourse => Statement("read_pending_course");
    public string PostponeCourse => Statement("postpone_course");
    public string EndCourse => Statement("end_course");
    public string EndSweep => Statement("end_sweep");
    public string NoteBatch => Statement("note_batch");
    public string RuleBatchOut => Statement("rule_batch_out");
    public string TakeLease => Statement("take_lease");
    public string GiveLeaseBack => Statement("give_lease_back");
    public string StartBackfill => Statement("start_backfill");
    public string ReadSnapshots => Statement("read_snapshots");
    public string WriteKeys => Statement("write_keys");
    public string CountEvents => Statement("count_events");
    public string ListHolds => Statement("list_holds");
    public string ReleaseHeld => Statement("release_held");
    public string DiscardHeld => Statement("discard_held");
    public string CountAssignments => Statement("count_assignments");
    public string ReadBacklog => Statement("read_backlog");
    public string ListCompanies => Statement("list_companies");
    public string CountOutbox => Statement("count_outbox");
    public string ReadEventPage => Statement("read_event_page");
    public string ReadSnapshotPage => Statement("read_snapshot_page");
    public string WriteEventIndex => Statement("write_event_index");
    public string WriteAssignmentIndex => Statement("write_assignment_index");
    public string AnalyzeIndexes => Statement("analyze_indexes");
    public string AddReplay => Statement("add_replay");
    public string ReadReplay => Statement("read_replay", "replay_columns");
    public string ReadRequestedReplay => Statement("read_requested_replay", "replay_columns");
    public string ListReplays => Statement("list_replays", "replay_columns");
    public string ReadReplayAudit => Statement("read_replay_audit");
    public string MoveReplay => Statement("move_replay");
    public string TakeReplay => Statement("take_replay");
    public string KeepReplay => Statement("keep_replay");
    public string EndReplay => Statement("end_replay");
    public string TrimReplays => Statement("trim_replays");
    public string LeaveReplay => Statement("leave_replay");
    public string ReadUntoldReplays => Statement("read_untold_replays", "replay_columns");
    public string NoteReplayTold => Statement("note_replay_told");
    public string AnnounceAppend => Statement("announce_append");
    public string IndexAssignments => Statement("index_assignments");
    public string ReadLastIndexed => Statement("read_last_indexed");
    public string ReadLastSequence => Statement("read_last_sequence");
    public string ReadOpenAppends => Statement("read_open_appends");
    public string ReadFirstHeld => Statement("read_first_held");
    public string ReadEvents => Statement("read_events");
    public string ReadTimeline => Statement("read_timeline");
    public string MeasureEvents => Statement("measure_events");
    public string ReadRecordedAt => Statement("read_recorded_at");
    public string ReadAssignment => Statement("read_assignment");
    public string ListAssignments => Statement("list_assignments");

    /// <summary>The assignments are a part of the text and not a condition that may be null: so they can be what it begins with.</summary>
    public string FindEvents(bool ofAssignments) =>
        Statement("find_events")
            .Replace("{of_assignments}", ofAssignments ? Statement("of_assignments") : "", StringComparison.Ordinal);

    /// <summary>A migration script of <c>Schema/</c>.</summary>
    public string Script(string name) => Read("Schema", name);

    // Put together once: some of these are asked for at every commit.
    private string Statement(string name, string part) =>
        _texts.GetOrAdd(
            $"{name} with {part}",
            _ => Statement(name).Replace($"{{{part}}}", Statement(part), StringComparison.Ordinal)
        );

    private string Statement(string name) => _texts.GetOrAdd(name, n => Read("Sql", n));

    private string Read(string folder, string name)
    {
        var resource = $"RuangKerja.Events.Storage.{folder}.{name}.sql";
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly lacks its SQL text '{resource}'.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Replace("{schema}", schema, StringComparison.Ordinal);
    }
}
