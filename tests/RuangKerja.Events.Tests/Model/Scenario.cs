using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Tests.Model;

/// <summary>How much may happen.</summary>
/// <param name="Histories">The statuses of each assignment, in turn.</param>
/// <param name="Faults">How many crashes, and leases that run out.</param>
internal sealed record Scenario(CourseStatus[][] Histories, int Faults)
{
    /// <summary>How many instances there are; each may be paused while the other has its lease.</summary>
    public int Instances { get; init; } = 1;

    /// <summary>Whether the past is read as well: a second writer with a progress of its own.</summary>
    public bool Backfill { get; init; }

    /// <summary>Whether a window shows again what the one before has shown.</summary>
    public bool Overlap { get; init; }

    /// <summary>How many rows a transaction takes.</summary>
    public int ChunkRows { get; init; } = 2;

    /// <summary>How many rows the relay reads in a pass.</summary>
    public int BatchSize { get; init; } = 3;

    /// <summary>Which rules of the pipeline are broken.</summary>
    public Mutation Mutation { get; init; }

    public World Start()
    {
        var none = Values.Repeat(0, Histories.Length);
        var database = new Database(
            Values.Repeat(new Stream([], Seen: 0), Histories.Length),
            Watermark: none,
            Backfilled: !Backfill,
            Outbox: [],
            Orphans: [],
            FeedHolder: 0,
            RelayHolder: 0
        );
        return new World(
            Truth: none,
            database,
            new Broker(Values.Repeat<Values<int>>([], Histories.Length), Strays: []),
            Values.Repeat(Writer.Idle, Instances + (Backfill ? 1 : 0)),
            Values.Repeat<Values<Publish>>([], Instances),
            Faults
        );
    }

    public bool Breaks(Mutation rule) => Mutation.HasFlag(rule);
}

/// <summary>Rules of the pipeline that a scenario can do without, to see what they are for.</summary>
[Flags]
internal enum Mutation
{
    None = 0,

    /// <summary>The relay reads what lies after the highest sequence it has settled.</summary>
    OutboxReadByHighestSequence = 1,

    /// <summary>A message counts as confirmed once it is sent.</summary>
    SettledBeforeConfirmed = 2,

    /// <summary>A commit whose answer was lost is sent again.</summary>
    UnknownCommitSentAgain = 4,

    /// <summary>The watermark and the backfill's position move wherever they stand.</summary>
    ProgressUnchecked = 8,

    /// <summary>Events are appended and snapshots replaced whatever is stored.</summary>
    VersionsUnchecked = 16,

    /// <summary>The versions of an assignment are published at once.</summary>
    VersionsInParallel = 32,

    /// <summary>The outbox rows are written in a second transaction.</summary>
    OutboxWrittenAfterwards = 64,

    /// <summary>The relay reads what is not committed yet.</summary>
    OutboxReadUncommitted = 128,
}
