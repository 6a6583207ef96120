namespace RuangKerja.Events.IntegrationTests.Chaos;

/// <summary>One fault to come.</summary>
/// <param name="At">From the start of the run.</param>
/// <param name="Length">Until it is healed; zero when there is nothing to heal.</param>
/// <param name="Amount">A chance number, 0 … 9999, for what the fault leaves open: how many bytes, how slow.</param>
internal sealed record PlannedFault(TimeSpan At, ChaosFault Fault, ChaosTarget Target, TimeSpan Length, int Amount)
{
    /// <inheritdoc />
    public override string ToString() =>
        Length == TimeSpan.Zero ? $"{Target}: {Fault}" : $"{Target}: {Fault}, {Length.TotalSeconds:0.0} s";
}

/// <summary>
/// Which faults come when: nothing but a seed and a length go in. Each kind of fault comes once before any comes twice, since
/// a short run is to meet many.
/// </summary>
internal static class ChaosPlan
{
    private const double ShortestGap = 20;
    private const double LongestGap = 60;
    private const double OverlapShare = 0.25;

    private static readonly (ChaosFault Fault, ChaosPart Part)[] Kinds =
    [
        .. On(ChaosPart.Instance, ChaosFault.Kill, ChaosFault.Freeze, ChaosFault.Restart),
        .. On(ChaosPart.Database, ChaosFault.Kill, ChaosFault.Freeze, ChaosFault.Restart),
        .. On(
            ChaosPart.Broker,
            ChaosFault.Kill,
            ChaosFault.Freeze,
            ChaosFault.MemoryAlarm,
            ChaosFault.ClosedConnections
        ),
        .. On(
            ChaosPart.WayToDatabase,
            ChaosFault.BlackHole,
            ChaosFault.Resets,
            ChaosFault.Latency,
            ChaosFault.CutConnection
        ),
        .. On(
            ChaosPart.WayToBroker,
            ChaosFault.BlackHole,
            ChaosFault.Resets,
            ChaosFault.Latency,
            ChaosFault.CutConnection
        ),
        .. On(
            ChaosPart.Api,
            ChaosFault.FailingAnswers,
            ChaosFault.Throttling,
            ChaosFault.CutAnswers,
            ChaosFault.SlowAnswers,
            ChaosFault.ExpiredTokens,
            ChaosFault.LateRows,
            ChaosFault.DoubledRows,
            ChaosFault.RosterDrift,
            ChaosFault.BadRows
        ),
    ];

    /// <summary>How long a fault lasts at most.</summary>
    public static TimeSpan LongestFault { get; } = TimeSpan.FromSeconds(20);

    /// <summary>The faults of a run, in order. Two at a time at most, never on one target; the last ends before the run does.</summary>
    public static IReadOnlyList<PlannedFault> From(int seed, TimeSpan duration)
    {
        var random = new Random(seed);
        var deck = new Queue<(ChaosFault, ChaosPart)>();
        var faults = new List<PlannedFault>();
        var at = Between(random, 3, 10);
        for (; at + LongestFault <= duration; at += Between(random, ShortestGap, LongestGap))
        {
            var fault = Draw(random, deck, at);
            faults.Add(fault);
            if (random.NextDouble() >= OverlapShare)
                continue;

            // It begins while the first lasts, and both are over before the next one.
            var beside = Draw(random, deck, at + (fault.Length / 2 * random.NextDouble()));
            if (beside.Target != fault.Target)
                faults.Add(beside with { Length = Min(beside.Length, at + LongestFault - beside.At) });
        }

        return faults;
    }

    private static PlannedFault Draw(Random random, Queue<(ChaosFault, ChaosPart)> deck, TimeSpan at)
    {
        if (deck.Count == 0)
        {
            var kinds = Kinds.ToArray();
            random.Shuffle(kinds);
            Array.ForEach(kinds, deck.Enqueue);
        }

        var (fault, part) = deck.Dequeue();
        var instance = ChaosTarget.IsOfOneInstance(part) ? random.Next(ChaosTarget.Instances) + 1 : 0;
        return new PlannedFault(
            at,
            fault,
            new ChaosTarget(part, instance),
            Length(random, fault, part),
            random.Next(10_000)
        );
    }

    private static TimeSpan Length(Random random, ChaosFault fault, ChaosPart part) =>
        (fault, part) switch
        {
            (ChaosFault.ExpiredTokens or ChaosFault.ClosedConnections, _) => TimeSpan.Zero,
            // Longer than its leases: another instance has them when it wakes up.
            (ChaosFault.Freeze, ChaosPart.Instance) => Between(random, 12, LongestFault.TotalSeconds),
            (ChaosFault.Kill or ChaosFault.Restart, _) => Between(random, 2, 10),
            _ => Between(random, 2, LongestFault.TotalSeconds),
        };

    private static IEnumerable<(ChaosFault, ChaosPart)> On(ChaosPart part, params ChaosFault[] faults) =>
        faults.Select(fault => (fault, part));

    private static TimeSpan Between(Random random, double least, double most) =>
        TimeSpan.FromMilliseconds(Math.Round(1000 * (least + (random.NextDouble() * (most - least)))));

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
