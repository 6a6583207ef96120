namespace RuangKerja.Simulator.People;

public sealed partial class Population
{
    private readonly FeedReplica _feed;
    private readonly RosterReplica _rosters;

    /// <summary>How long at most a change from now on takes to show in the feed; at zero all shows at once.</summary>
    internal TimeSpan FeedLag
    {
        set
        {
            lock (_gate)
                _feed.Lag = value;
        }
    }

    /// <summary>How long at most a change from now on takes to show in the rosters; at zero all shows at once.</summary>
    internal TimeSpan RosterLag
    {
        set
        {
            lock (_gate)
                _rosters.Lag = value;
        }
    }

    /// <summary>What the feed shows of a window.</summary>
    internal Assignment[] FeedRows(DateTimeOffset start, DateTimeOffset end, WindowEnds ends)
    {
        lock (_gate)
            return _feed.Between(start, end, ends);
    }

    /// <summary>What the roster of a course shows, by employee id, one row per holder.</summary>
    internal Assignment[] RosterRows(string courseSerial)
    {
        lock (_gate)
            return _rosters.Holders(courseSerial);
    }

    /// <summary>Whether this row is among the share that stands twice in feed answers.</summary>
    internal bool IsDuplicated(Assignment one, double share) =>
        Lot.Draw(_seed, LotPurpose.Duplicate, one.Revision) < share;

    /// <summary>Lets feed and rosters show what is due.</summary>
    internal void CatchUp(DateTimeOffset now)
    {
        lock (_gate)
        {
            _feed.CatchUp(now);
            _rosters.CatchUp(now);
        }
    }
}
