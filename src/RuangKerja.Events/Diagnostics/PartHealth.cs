using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Diagnostics;

/// <summary>The parts of the pipeline whose health is told apart.</summary>
public enum PipelinePart
{
    /// <summary>The API's answers, as polling the feed meets them.</summary>
    Api,

    /// <summary>Reading the API's feed.</summary>
    Feed,

    /// <summary>Sweeping the rosters.</summary>
    Sweep,

    /// <summary>Reading and writing the database.</summary>
    Database,

    /// <summary>Knowing which instance reads the feed and which relays the outbox.</summary>
    Lease,

    /// <summary>The events that wait in the database, whichever instance relays them.</summary>
    Outbox,

    /// <summary>Being connected to the broker.</summary>
    Broker,

    /// <summary>Publishing what waits in the outbox.</summary>
    Relay,

    /// <summary>The rows that were not accepted.</summary>
    Quarantine,
}

/// <summary>How a part stands.</summary>
public enum PartStatus
{
    /// <summary>Its last try went well, and lately enough.</summary>
    Ok,

    /// <summary>Another instance does this part; this one would take over.</summary>
    StandingBy,

    /// <summary>It goes on, and a person should look when there is time.</summary>
    Attention,

    /// <summary>It has not done its work yet.</summary>
    Waiting,

    /// <summary>Its last success is too long ago, or what it moves does not move.</summary>
    Late,

    /// <summary>Its last try failed.</summary>
    Failing,
}

/// <summary>What there is to say of a part that is not simply well.</summary>
/// <param name="Reason">What was found.</param>
/// <param name="Hint">What to do; null when there is nothing to do.</param>
public sealed record PartVerdict(PartStatus Status, string Reason, string? Hint)
{
    /// <summary>Whether the part does its work, whatever there is to look at besides.</summary>
    public bool IsWell => Status is PartStatus.Ok or PartStatus.StandingBy or PartStatus.Attention;
}

/// <summary>How one part of one company does, by its own account.</summary>
/// <param name="LastSuccess">When it last did its work; null when it never did.</param>
/// <param name="Verdict">What there is to say besides; null when all is well.</param>
public sealed record PartHealth(
    Company Company,
    PipelinePart Part,
    DateTimeOffset? LastSuccess,
    PartVerdict? Verdict = null
)
{
    /// <summary>
    /// How long ago that is, by a clock nobody sets: the one on the wall may be put back, and what hangs look fresh for as long.
    /// Null when it never did.
    /// </summary>
    public TimeSpan? Age { get; init; }

    /// <summary>For how much longer than usual it is silent, on purpose.</summary>
    public TimeSpan Pause { get; init; }

    /// <summary>What is wrong and what to do, in one text; null when nothing is.</summary>
    public string? Failure =>
        Verdict is { Status: PartStatus.Failing or PartStatus.Late } wrong
            ? $"{wrong.Reason} {wrong.Hint}".TrimEnd()
            : null;
}
