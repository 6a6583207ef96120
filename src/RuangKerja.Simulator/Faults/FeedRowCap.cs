namespace RuangKerja.Simulator.Faults;

/// <summary>The most rows that one feed answer holds.</summary>
/// <param name="Rows">1 or more.</param>
/// <param name="Mode">What becomes of a window with more; default: it is refused.</param>
public sealed record FeedRowCap(int Rows, FeedRowCapMode Mode = FeedRowCapMode.Refuse)
{
    /// <summary>The member outside its range and what is allowed; null when all is well.</summary>
    internal string? WhatIsWrong =>
        Rows < 1 ? $"rows: {Rows}, 1 or more is allowed."
        : !Enum.IsDefined(Mode) ? $"mode: {Mode} is none."
        : null;
}

/// <summary>What becomes of a window that holds more rows than the cap.</summary>
public enum FeedRowCapMode
{
    /// <summary>A failure, HTTP 413, that says in gRPC's words that the message is larger than allowed.</summary>
    Refuse,

    /// <summary>As many rows as the cap allows, whichever they are, and no word about the others.</summary>
    Cut,
}
