namespace RuangKerja.Simulator.People;

/// <summary>What the rosters answer from: one row per course and holder, in order of the employee ids.</summary>
internal sealed class RosterReplica(int seed) : Replica(seed, LotPurpose.RosterLag)
{
    // Course serial, then employee id; nearly always one assignment, several after the course was assigned again.
    private readonly Dictionary<string, SortedList<string, int[]>> _holders = [];

    /// <summary>Each holder's assignment that changed last.</summary>
    public Assignment[] Holders(string courseSerial) =>
        _holders.TryGetValue(courseSerial, out var holders)
            ? [.. holders.Values.Select(held => held.Select(Row).MaxBy(one => one.Revision)!)]
            : [];

    /// <inheritdoc />
    protected override void Reindex(Assignment? shown, Assignment? now)
    {
        if (shown is null)
            Add(now!);
        else if (now is null)
            Drop(shown);
    }

    private void Add(Assignment one)
    {
        if (!_holders.TryGetValue(one.Course.Serial, out var holders))
            _holders.Add(one.Course.Serial, holders = new SortedList<string, int[]>(StringComparer.Ordinal));
        var held = holders.GetValueOrDefault(one.Employee.Id) ?? [];
        holders[one.Employee.Id] = [.. held, one.Number];
    }

    private void Drop(Assignment one)
    {
        var holders = _holders[one.Course.Serial];
        int[] left = [.. holders[one.Employee.Id].Where(number => number != one.Number)];
        if (left.Length == 0)
            holders.Remove(one.Employee.Id);
        else
            holders[one.Employee.Id] = left;
    }
}
