namespace RuangKerja.Events.Storage.History;

/// <summary>
/// Counts sequences and keeps some of them, evenly spread over all, without knowing beforehand how many there are. The same
/// sequences give the same sample.
/// </summary>
internal sealed class SequenceSample
{
    private const int Most = 4_000;

    private List<(uint Rank, long Sequence)> _kept = [];
    private uint _limit = uint.MaxValue;

    public long Count { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; }

    public IReadOnlyList<long> Kept => [.. _kept.Select(kept => kept.Sequence)];

    public void Add(long sequence)
    {
        // Multiples of the golden ratio fill the range evenly, however many there are, and follow no rhythm of the events.
        var rank = unchecked((uint)Count * 2_654_435_769u);
        First = Count == 0 ? sequence : First;
        Last = sequence;
        Count++;
        if (rank > _limit)
            return;

        _kept.Add((rank, sequence));
        if (_kept.Count > Most)
        {
            _limit /= 2;
            _kept = [.. _kept.Where(kept => kept.Rank <= _limit)];
        }
    }
}
