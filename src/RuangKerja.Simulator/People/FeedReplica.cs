namespace RuangKerja.Simulator.People;

/// <summary>What the feed answers from, in order of <c>updatedAt</c>, so that a narrow window costs little in any population.</summary>
internal sealed class FeedReplica(int seed) : Replica(seed, LotPurpose.FeedLag)
{
    private readonly SortedSet<(DateTimeOffset UpdatedAt, int Number)> _order = [];

    /// <summary>The rows whose <c>updatedAt</c> is in the window, oldest assignment first.</summary>
    public Assignment[] Between(DateTimeOffset start, DateTimeOffset end, WindowEnds ends)
    {
        var first = (start, ends is WindowEnds.Inclusive or WindowEnds.StartOnly ? int.MinValue : int.MaxValue);
        var last = (end, ends is WindowEnds.Inclusive or WindowEnds.EndOnly ? int.MaxValue : int.MinValue);
        return first.CompareTo(last) > 0
            ? []
            : [.. _order.GetViewBetween(first, last).Select(entry => entry.Number).Order().Select(Row)];
    }

    /// <inheritdoc />
    protected override void Reindex(Assignment? shown, Assignment? now)
    {
        if (shown is not null)
            _order.Remove((shown.UpdatedAt, shown.Number));
        if (now is not null)
            _order.Add((now.UpdatedAt, now.Number));
    }
}
