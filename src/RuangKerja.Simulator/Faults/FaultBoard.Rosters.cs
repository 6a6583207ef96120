namespace RuangKerja.Simulator.Faults;

public sealed partial class FaultBoard
{
    private readonly List<RosterRow> _rosterRows = [];
    private readonly List<RosterDrift> _drifts = [];
    private TimeSpan _rosterLag;

    /// <summary>The raw fragments that stand behind the true items of rosters.</summary>
    public IReadOnlyList<RosterRow> RosterRows
    {
        get
        {
            lock (_gate)
                return _rosterRows.ToArray();
        }
    }

    /// <summary>The drifts still to come, their <see cref="RosterDrift.Count"/> being what is left.</summary>
    public IReadOnlyList<RosterDrift> Drifts
    {
        get
        {
            lock (_gate)
                return _drifts.ToArray();
        }
    }

    /// <summary>As <see cref="FeedLag"/>, for the rosters; what lags in one does not lag in the other. Holds for every company.</summary>
    public TimeSpan RosterLag
    {
        get
        {
            lock (_gate)
                return _rosterLag;
        }
        set
        {
            RefuseBadLag(value);
            lock (_gate)
            {
                _rosterLag = value;
                foreach (var company in _world.Companies)
                    company.Population.RosterLag = value;
            }
        }
    }

    /// <summary>
    /// Adds a fragment behind the last item of rosters, so that it stands on the last page and counts in <c>totalItems</c>; it may
    /// be a wrong item or no JSON at all. Rosters that are always empty or refused stay so.
    /// </summary>
    /// <param name="json">The fragment, sent as it is.</param>
    /// <param name="courseSerial">Only in the roster of this course; null for every one, whichever the company.</param>
    public void AddRosterRow(string json, string? courseSerial = null)
    {
        lock (_gate)
            _rosterRows.Add(new RosterRow(json, courseSerial));
    }

    /// <summary>Rosters show their true items alone again.</summary>
    public void RemoveRosterRows()
    {
        lock (_gate)
            _rosterRows.Clear();
    }

    /// <summary>The next <see cref="RosterDrift.Count"/> requests it fits find the roster shifted. Several are worked off in order.</summary>
    /// <exception cref="ArgumentException">A member is outside its range.</exception>
    public void Drift(RosterDrift drift)
    {
        if (drift.WhatIsWrong is { } wrong)
            throw new ArgumentException(wrong, nameof(drift));
        lock (_gate)
            _drifts.Add(drift);
    }

    /// <summary>The drift that hits this request, used up by one; null when none does.</summary>
    internal RosterDriftKind? TakeDrift(string company, string courseSerial, int page)
    {
        if (page < 2)
            return null;
        lock (_gate)
        {
            var index = _drifts.FindIndex(one => one.Hits(company, courseSerial));
            if (index < 0)
                return null;

            var drift = _drifts[index];
            if (drift.Count > 1)
                _drifts[index] = drift with { Count = drift.Count - 1 };
            else
                _drifts.RemoveAt(index);
            return drift.Kind;
        }
    }
}

/// <summary>A raw fragment among the items of a roster.</summary>
/// <param name="Json">Sent as it is.</param>
/// <param name="CourseSerial">The course whose roster shows it; null for every one.</param>
public sealed record RosterRow(string Json, string? CourseSerial);
