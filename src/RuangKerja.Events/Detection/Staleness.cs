using RuangKerja.Events.Courses;

namespace RuangKerja.Events.Detection;

/// <summary>
/// Which rows tell of a time that is over. Each source has a clock of its own rows; across the two, a row is held against
/// the other's last word, and either may be as old as the settle delay when it is told.
/// </summary>
public static class Staleness
{
    /// <summary>
    /// Older than the newest feed row; or just as old and a step back: of two rows of one instant the further one wins, in
    /// whichever order they come. After a change that a roster showed, what differs from it is over too when it dates from so
    /// long before that the roster knew of it; or when it dates from before and may be what the change left behind, unless
    /// the feed says so still once the roster's answer has settled: then it was the roster that had not heard.
    /// </summary>
    public static bool IsStale(CourseStatusSnapshot known, FeedObservation row, TimeSpan settleDelay)
    {
        var isBackwards = Transitions.IsBackwards(known.Status, row.Status);
        if (known.FeedUpdatedAt is { } newest && (row.UpdatedAt < newest || (row.UpdatedAt == newest && isBackwards)))
            return true;
        if (known is not { Source: ObservationSource.Roster, ChangedAt: { } changedAt } || row.Status == known.Status)
            return false;

        return row.UpdatedAt <= changedAt - settleDelay
            || (
                row.UpdatedAt < changedAt
                && row.SeenAt < changedAt + settleDelay
                && (isBackwards || HasSteppedBack(known))
            );
    }

    /// <summary>
    /// Answered before the last word on the assignment; or so soon after it that the roster may not have heard of it yet,
    /// and a step back, or what the last change left behind.
    /// </summary>
    public static bool IsStale(CourseStatusSnapshot known, RosterObservation row, TimeSpan settleDelay)
    {
        var changedAt = known.ChangedAt ?? known.FeedUpdatedAt ?? known.OccurredAt;
        var lastWord = known.FeedUpdatedAt > changedAt ? known.FeedUpdatedAt.Value : changedAt;
        if (row.SeenAt < lastWord || row.SeenAt < known.RosterSeenAt)
            return true;
        if (row.Status == known.Status)
            return false;

        return Transitions.IsBackwards(known.Status, row.Status)
            ? row.SeenAt < lastWord + settleDelay
            : HasSteppedBack(known) && row.SeenAt < changedAt + settleDelay;
    }

    /// <summary>What the assignment was before is further on than what it is: a late row of then looks like a step forward.</summary>
    private static bool HasSteppedBack(CourseStatusSnapshot known) =>
        known.PreviousStatus is { } previous && Transitions.IsBackwards(previous, known.Status);
}
