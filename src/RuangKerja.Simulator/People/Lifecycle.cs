namespace RuangKerja.Simulator.People;

/// <summary>Which status may follow which by itself, and how likely. A forced transition may break these laws, life never does.</summary>
public static class Lifecycle
{
    private static readonly (UpstreamStatus To, int Weight)[] FromNotStarted =
    [
        (UpstreamStatus.InProgress, 90),
        (UpstreamStatus.Expired, 10),
    ];

    private static readonly (UpstreamStatus To, int Weight)[] FromInProgress =
    [
        (UpstreamStatus.Completed, 75),
        (UpstreamStatus.Failed, 15),
        (UpstreamStatus.Expired, 10),
    ];

    private static readonly (UpstreamStatus To, int Weight)[] Retake = [(UpstreamStatus.InProgress, 1)];

    internal static readonly UpstreamStatus[] Open = [UpstreamStatus.NotStarted, UpstreamStatus.InProgress];

    internal static readonly UpstreamStatus[] CanBeRetaken = [UpstreamStatus.Completed, UpstreamStatus.Failed];

    /// <summary>Whether life itself may make this move; <paramref name="from"/> is null for a new assignment.</summary>
    public static bool Allows(UpstreamStatus? from, UpstreamStatus to) =>
        from is { } known ? WaysOutOf(known).Any(way => way.To == to) : to == UpstreamStatus.NotStarted;

    /// <summary>The next status by chance; null where nothing follows.</summary>
    internal static UpstreamStatus? Next(UpstreamStatus from, Random random)
    {
        var ways = WaysOutOf(from);
        if (ways.Length == 0)
            return null;

        var lot = random.Next(ways.Sum(way => way.Weight));
        foreach (var (to, weight) in ways)
        {
            lot -= weight;
            if (lot < 0)
                return to;
        }

        return ways[^1].To;
    }

    private static (UpstreamStatus To, int Weight)[] WaysOutOf(UpstreamStatus from) =>
        from switch
        {
            UpstreamStatus.NotStarted => FromNotStarted,
            UpstreamStatus.InProgress => FromInProgress,
            UpstreamStatus.Completed or UpstreamStatus.Failed => Retake,
            _ => [],
        };
}
