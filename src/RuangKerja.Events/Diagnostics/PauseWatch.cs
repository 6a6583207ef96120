using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Diagnostics;

/// <summary>
/// For how long whoever reads the feed may have rested, since more waited for the broker than the budget allows. Once less
/// does, the rest that was taken is over with the next poll, and not before: its age says nothing until then. Pure.
/// </summary>
/// <param name="Pause">The longest rest since a poll was seen to be stored.</param>
/// <param name="SeenAt">When it was looked at last.</param>
public sealed record PauseWatch(TimeSpan Pause, DateTimeOffset SeenAt)
{
    /// <summary>The watch after one more look.</summary>
    /// <param name="slowed">The rest that what waits now calls for.</param>
    public PauseWatch See(FeedStanding? standing, TimeSpan slowed, DateTimeOffset now)
    {
        var isPolled = standing?.StoredAgo < now - SeenAt;
        return new PauseWatch(isPolled || slowed > Pause ? slowed : Pause, now);
    }
}
