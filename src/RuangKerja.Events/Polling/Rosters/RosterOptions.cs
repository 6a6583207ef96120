namespace RuangKerja.Events.Polling.Rosters;

/// <summary>How the rosters are swept. Section <c>Polling:Roster</c>.</summary>
public sealed record RosterOptions
{
    /// <summary>Whether they are. Default true.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>From the start of one sweep to the start of the next, 1 min … 7 d. Default 6 h.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromHours(6);

    /// <summary>How many courses one instance reads at a time, 1 … 32. Default 4.</summary>
    public int Parallelism { get; init; } = 4;
}
