namespace RuangKerja.Simulator.People;

/// <summary>One employee's hold on one course as it stands at one moment. Never changed: a move makes a new one.</summary>
public sealed record Assignment
{
    /// <summary>
    /// Serial of the assignment, such as <c>ASGC-9O8QZE0T</c>. No key by itself: one serial can hold several courses of one
    /// employee, and one course for several employees.
    /// </summary>
    public required string AssignedCourseSerial { get; init; }

    /// <summary>Who holds the course. Once, unless the course was assigned again: the same course under another serial.</summary>
    public required Employee Employee { get; init; }

    /// <summary>The course held.</summary>
    public required Course Course { get; init; }

    /// <summary>Where it stands.</summary>
    public UpstreamStatus Status { get; init; } = UpstreamStatus.NotStarted;

    /// <summary>The instant of the last move: whole seconds, with the company's offset.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>When it was completed; null unless it is completed now.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the employee last worked on it; null before the first time.</summary>
    public DateTimeOffset? LastAccessedAt { get; init; }

    /// <summary>Score 0 to 100 in steps of a half; null while not submitted.</summary>
    public double? PreTest { get; init; }

    /// <summary>Score 0 to 100 in steps of a half; null while not submitted.</summary>
    public double? PostTest { get; init; }

    /// <summary>Seconds the employee has spent on it, over all attempts.</summary>
    public int TimeSpentSeconds { get; init; }

    /// <summary>Whether a feed row without completion leaves <c>completedAt</c> out instead of sending it empty: both occur upstream.</summary>
    public bool LeavesOutEmptyCompletedAt { get; init; }

    /// <summary>1, 2, 3 … within the population: what stays the same through all moves.</summary>
    internal int Number { get; init; }

    /// <summary>The change that made it what it is: 1, 2, 3 … over the whole population.</summary>
    internal long Revision { get; init; }

    internal Assignment MovedTo(UpstreamStatus to, DateTimeOffset at, Random random)
    {
        var moved = this with { Status = to, UpdatedAt = at, CompletedAt = null };
        return to switch
        {
            UpstreamStatus.InProgress => moved with
            {
                // A retake starts over; a first attempt may skip the pre-test.
                PreTest = PreTest ?? (random.Next(4) == 0 ? null : Score(random, 0, 100)),
                PostTest = null,
                LastAccessedAt = at,
                TimeSpentSeconds = TimeSpentSeconds + random.Next(60, 600),
            },
            UpstreamStatus.Completed => moved with
            {
                CompletedAt = at,
                PostTest = Score(random, 70, 100),
                LastAccessedAt = at,
                TimeSpentSeconds = TimeSpentSeconds + random.Next(300, 5_400),
            },
            UpstreamStatus.Failed => moved with
            {
                PostTest = Score(random, 0, 69),
                LastAccessedAt = at,
                TimeSpentSeconds = TimeSpentSeconds + random.Next(300, 5_400),
            },
            _ => moved,
        };
    }

    /// <summary>The status stays: somebody worked on it, or, where no work shows, changed something that rows do not tell.</summary>
    internal Assignment TouchedAt(DateTimeOffset at, Random random)
    {
        var touched = this with { UpdatedAt = at };
        return Status is UpstreamStatus.NotStarted or UpstreamStatus.Expired
            ? touched
            : touched with
            {
                PreTest = PreTest ?? Score(random, 0, 100),
                PostTest = PostTest is { } score
                    ? Math.Min(score + Score(random, 1, 5), Status == UpstreamStatus.Failed ? 69 : 100)
                    : null,
                LastAccessedAt = at,
                TimeSpentSeconds = TimeSpentSeconds + random.Next(60, 600),
            };
    }

    private static double Score(Random random, int least, int most) => random.Next(least * 2, (most * 2) + 1) / 2.0;
}
