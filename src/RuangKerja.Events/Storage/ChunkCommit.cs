using RuangKerja.Events.Courses;
using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Storage;

/// <summary>What a chunk proves read, moved by compare-and-set.</summary>
public abstract record ProgressMove;

/// <summary>Rows out of turn: nothing is proven.</summary>
public sealed record NoMove : ProgressMove;

/// <summary>The watermark goes from what was read to what is now proven. Equal ends hold it where it is.</summary>
/// <param name="CaughtUp">True when the feed is read up to now with this window.</param>
public sealed record WatermarkMove(DateTimeOffset From, DateTimeOffset To, bool CaughtUp) : ProgressMove;

/// <summary>A backfill's position goes on.</summary>
public sealed record BackfillMove(BackfillRange Range, DateTimeOffset From, DateTimeOffset To) : ProgressMove;

/// <summary>A page of a course's roster is stored.</summary>
/// <param name="Rows">How many rows it held.</param>
/// <param name="DueAgain">When the course is to be handed out again, should the rest of it get lost.</param>
public sealed record SweepMove(Guid SweepId, string CourseSerial, int Rows, DateTimeOffset DueAgain) : ProgressMove;

/// <summary>Everything a window or some roster pages came to, written in one transaction or not at all.</summary>
/// <param name="PublishBaseline">True when baseline events go to the outbox like any other.</param>
public sealed record ChunkCommit(
    Company Company,
    ProgressMove Progress,
    ChangeSet Changes,
    IReadOnlyList<RejectedRow> Rejected,
    bool PublishBaseline
)
{
    /// <summary>Quarantined rows that this commit makes good; they leave the quarantine with it.</summary>
    public IReadOnlyList<long> Resolved { get; init; } = [];

    /// <summary>Why the events wait in the outbox for an operator; null when they do not.</summary>
    public string? Held { get; init; }

    /// <summary>What is being done with it, for messages.</summary>
    internal string Operation => $"Storing {Changes.EventCount} events of company '{Company}'";

    /// <summary>How many of the events go to the outbox.</summary>
    public int PublishedCount => Changes.Assignments.Sum(a => a.Events.Count(IsPublished));

    /// <summary>How many of them are no baseline: what a surge is measured by. Whoever publishes the past asks for it.</summary>
    public int NewsCount => Changes.Assignments.Sum(a => a.Events.Count(e => !e.Baseline));

    /// <summary>Whether an event goes to the outbox.</summary>
    public bool IsPublished(CourseStatusChanged change) => PublishBaseline || !change.Baseline;
}
