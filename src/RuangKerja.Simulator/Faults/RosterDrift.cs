namespace RuangKerja.Simulator.Faults;

/// <summary>
/// A roster that shifts while somebody reads it page by page. It hits requests for page 2 and after, since what happens before
/// page 1 shifts nothing for its reader.
/// </summary>
public sealed record RosterDrift
{
    /// <summary>How the list shifts. Default: by an insertion.</summary>
    public RosterDriftKind Kind { get; init; }

    /// <summary>How many requests it hits, each anew. 1 or more; default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Only this company's rosters; null, the default, for all.</summary>
    public string? Company { get; init; }

    /// <summary>Only the roster of this course; null, the default, for all.</summary>
    public string? CourseSerial { get; init; }

    /// <summary>The member outside its range and what is allowed; null when all is well.</summary>
    internal string? WhatIsWrong =>
        Count < 1 ? $"count: {Count}, 1 or more is allowed."
        : !Enum.IsDefined(Kind) ? $"kind: {Kind} is none."
        : null;

    internal bool Hits(string company, string courseSerial) =>
        (Company ?? company) == company && (CourseSerial ?? courseSerial) == courseSerial;
}

/// <summary>How a roster shifts between two pages.</summary>
public enum RosterDriftKind
{
    /// <summary>
    /// Just before the page, the course is truly assigned to the first employee by id who does not hold it, or to a new one when
    /// all do: <c>totalItems</c> grows, and if that one sorts in front of the page, what stood last on the page before stands
    /// first on this one too.
    /// </summary>
    Insert,

    /// <summary>
    /// Just before the page, the first holder by id is truly taken off the course: <c>totalItems</c> shrinks, and what would have
    /// stood first on this page is on none.
    /// </summary>
    Remove,

    /// <summary>
    /// This page begins with the last item of the page before, as though one had come and another gone: nobody moves, and neither
    /// does <c>totalItems</c>. What no longer fits on a full page is on none, unless the next page is hit as well.
    /// </summary>
    Overlap,
}
