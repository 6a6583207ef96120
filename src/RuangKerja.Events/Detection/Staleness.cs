using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>
/// Which rows tell of a time that is over. Each source has a clock of its own rows; across the two, a row is held against
/// the other's last word, and within the settle delay of it only a step forward counts.
/// </summary>
public static class Staleness
{
    /// <summary>
    /// Older than the newest feed row; or just as old and a step back: of two rows of one instant the further one wins, in
    /// whichever order they come. After a change that a roster showed, what differs from it and dates from before is over too.
    /// </summary>
    public static bool IsStale(CourseStatusSnapshot known, FeedObservation row, TimeSpan settleDelay)
    {
        var isBackwards = Transitions.IsBackwards(known.Status, row.Status);
        if (known.FeedUpdatedAt is { } newest && (row.UpdatedAt < newest || (row.UpdatedAt == newest && isBackwards)))
        {
            return true;
        }

        return known is { Source: ObservationSource.Roster, ChangedAt: { } changedAt }
            && row.Status != known.Status
            && (row.UpdatedAt <= changedAt - settleDelay || (row.UpdatedAt < changedAt && isBackwards));
    }

    /// <summary>
    /// Answered before the last word on the assignment; or so soon after it that the roster may not have heard of it yet,
    /// and a step back.
    /// </summary>
    public static bool IsStale(CourseStatusSnapshot known, RosterObservation row, TimeSpan settleDelay)
    {
        var lastWord = Later(known.ChangedAt ?? known.FeedUpdatedAt ?? known.OccurredAt, known.FeedUpdatedAt);
        return row.SeenAt < lastWord
            || row.SeenAt < known.RosterSeenAt
            || (Transitions.IsBackwards(known.Status, row.Status) && row.SeenAt < lastWord + settleDelay);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset? other) =>
        other is { } given && given > one ? given : one;
}
