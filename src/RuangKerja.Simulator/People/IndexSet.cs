namespace RuangKerja.Simulator.People;

/// <summary>A set of indices with a first, second … member, so that one can be drawn by lot however large it is.</summary>
internal sealed class IndexSet
{
    private readonly List<int> _members = [];
    private readonly Dictionary<int, int> _places = [];

    public int Count => _members.Count;

    public int this[int place] => _members[place];

    public void Add(int index)
    {
        _places.Add(index, _members.Count);
        _members.Add(index);
    }

    /// <summary>The last member takes the removed one's place.</summary>
    public void Remove(int index)
    {
        if (!_places.Remove(index, out var place))
            return;

        var last = _members[^1];
        _members.RemoveAt(_members.Count - 1);
        if (last == index)
            return;
        _members[place] = last;
        _places[last] = place;
    }
}
