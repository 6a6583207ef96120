namespace RuangKerja.Simulator.Faults;

public sealed partial class FaultBoard
{
    private readonly List<string> _feedRows = [];
    private FeedRowCap? _feedRowCap;
    private double _duplicateShare;
    private TimeSpan _feedLag;

    /// <summary>The raw fragments that stand in every feed answer behind the true rows.</summary>
    public IReadOnlyList<string> FeedRows
    {
        get
        {
            lock (_gate)
                return _feedRows.ToArray();
        }
    }

    /// <summary>The most rows of one feed answer, injected ones aside; null for as many as there are. Holds for every company.</summary>
    /// <exception cref="ArgumentException">A member is outside its range.</exception>
    public FeedRowCap? FeedRowCap
    {
        get
        {
            lock (_gate)
                return _feedRowCap;
        }
        set
        {
            if (value?.WhatIsWrong is { } wrong)
                throw new ArgumentException(wrong, nameof(value));
            lock (_gate)
                _feedRowCap = value;
        }
    }

    /// <summary>The share of the rows of each feed answer that stand in it twice, always the same ones. 0 to 1; 0 is none. Holds for every company.</summary>
    public double DuplicateShare
    {
        get
        {
            lock (_gate)
                return _duplicateShare;
        }
        set
        {
            if (value is not (>= 0 and <= 1))
                throw new ArgumentOutOfRangeException(nameof(value), value, "allowed is 0 to 1");
            lock (_gate)
                _duplicateShare = value;
        }
    }

    /// <summary>
    /// How long at most what happens from now on takes to show in the feed, each change between nothing and this by a lot of its
    /// own; until then the feed shows the row before it. A change that another one overtakes never shows. 0 to 365 days; 0 is
    /// none and shows at once what was still to come. Holds for every company.
    /// </summary>
    public TimeSpan FeedLag
    {
        get
        {
            lock (_gate)
                return _feedLag;
        }
        set
        {
            RefuseBadLag(value);
            lock (_gate)
            {
                _feedLag = value;
                foreach (var company in _world.Companies)
                    company.Population.FeedLag = value;
            }
        }
    }

    /// <summary>Adds a fragment to the <c>items</c> of every feed answer; it may be a wrong row or no JSON at all.</summary>
    public void AddFeedRow(string json)
    {
        lock (_gate)
            _feedRows.Add(json);
    }

    /// <summary>The feed shows its true rows alone again.</summary>
    public void RemoveFeedRows()
    {
        lock (_gate)
            _feedRows.Clear();
    }

    private static void RefuseBadLag(TimeSpan lag)
    {
        if (!IsLag(lag))
            throw new ArgumentOutOfRangeException(nameof(lag), lag, $"allowed is 0 to {LongestLag}");
    }
}
