namespace RuangKerja.Events.Tests.Model;

/// <summary>What the database makes of a commit: the statements of <c>CommitBatch</c>, and what PostgreSQL sees to itself.</summary>
internal static class CommitRules
{
    /// <summary>Whether a row that it must update is locked: the progress, or a stream.</summary>
    public static bool MustWait(Commit commit, IEnumerable<Commit> open) =>
        open.Any(other =>
            other.IsBackfill == commit.IsBackfill
            || other.Writes.Any(theirs => commit.Writes.Any(write => write.Assignment == theirs.Assignment))
        );

    /// <summary>advance_watermark.sql, advance_backfill.sql: compare-and-set.</summary>
    public static bool ProgressStands(Database database, Commit commit, Scenario scenario) =>
        scenario.Breaks(Mutation.ProgressUnchecked)
        || (commit.IsBackfill ? !database.Backfilled : database.Watermark.Equals(commit.From));

    /// <summary>
    /// start_streams.sql, advance_streams.sql, hold_streams.sql: the streams stand where they stood when they were loaded.
    /// store_snapshots.sql: no snapshot knows more than the one that replaces it.
    /// </summary>
    public static bool StreamsStand(Database database, Commit commit, Scenario scenario) =>
        scenario.Breaks(Mutation.VersionsUnchecked)
        || commit.Writes.All(write =>
            database.Streams[write.Assignment].Events.Count == write.Before
            && database.Streams[write.Assignment].Seen <= write.Change
        );

    /// <summary>
    /// Whether a commit that waits for its turn could still do anything: progress and versions never go back, so that what
    /// does not stand now never will.
    /// </summary>
    public static bool CanStand(Database database, Commit commit, Scenario scenario) =>
        commit.IsOpen || (ProgressStands(database, commit, scenario) && StreamsStand(database, commit, scenario));

    /// <summary>append_events.sql: sequence numbers are drawn when the statement runs; others see the rows with the COMMIT.</summary>
    public static Database Open(Database database, Commit commit, Scenario scenario) =>
        scenario.Breaks(Mutation.OutboxWrittenAfterwards) ? database : Add(database, commit, visible: false, ahead: 1);

    /// <summary>COMMIT: all of it at once.</summary>
    public static Database Apply(Database database, Commit commit)
    {
        var streams = database.Streams;
        var outbox = database.Outbox;
        foreach (var write in commit.Writes)
        {
            var stream = streams[write.Assignment];
            var events = write.HasEvent ? stream.Events.And(write.Change) : stream.Events;
            streams = streams.With(write.Assignment, new Stream(events, write.Change));
            outbox =
            [
                .. outbox.Select(row => row with { Visible = row.Visible || row.Assignment == write.Assignment }),
            ];
        }

        return database with
        {
            Streams = streams,
            Outbox = outbox,
            Watermark = commit.IsBackfill ? database.Watermark : commit.To,
            Backfilled = database.Backfilled || (commit.IsBackfill && !commit.To.Equals(commit.From)),
        };
    }

    /// <summary>The transaction ends without a COMMIT: its rows are gone, and nobody has seen them.</summary>
    public static Database RollBack(Database database, Commit commit) =>
        database with
        {
            Outbox =
            [
                .. database.Outbox.Where(row => row.Visible || commit.Writes.All(w => w.Assignment != row.Assignment)),
            ],
        };

    /// <summary>Only where the outbox is written afterwards: the second transaction.</summary>
    public static Database Queue(Database database, Commit commit) => Add(database, commit, visible: true, ahead: 0);

    // By the stream's own version, not by the one that was expected: where that is not checked the two may differ.
    private static Database Add(Database database, Commit commit, bool visible, int ahead)
    {
        var added = commit
            .Writes.Where(write => write.HasEvent)
            .Select(write => (write.Assignment, Version: database.Streams[write.Assignment].Events.Count + ahead))
            .Select(next => new OutboxRow(next.Assignment, next.Version, visible, Passed: false));
        return database with { Outbox = [.. database.Outbox, .. added] };
    }
}
