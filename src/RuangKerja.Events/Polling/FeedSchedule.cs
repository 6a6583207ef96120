using RuangKerja.Events.Api;

namespace RuangKerja.Events.Polling;

/// <summary>The next piece of the feed to read.</summary>
/// <param name="Window">What to ask for.</param>
/// <param name="ReachesNow">False when more of the past is waiting: the next poll follows at once.</param>
public readonly record struct PlannedWindow(FeedWindow Window, bool ReachesNow)
{
    /// <summary>
    /// When the first piece of it was asked for, by the clock that is behind; null while none was. No piece proves more than
    /// that one could: what was still to come then, and lay in it, is asked for again with the next window.
    /// </summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>The same once a piece of it was asked for.</summary>
    public PlannedWindow WhenAsked(DateTimeOffset at) => this with { AskedAt = AskedAt < at ? AskedAt : at };

    /// <summary>Whether nothing is left to read up to now, once a piece of it is stored.</summary>
    public bool IsReadUpToNowWith(FeedWindow piece) => ReachesNow && piece.To == Window.To;
}

/// <summary>Decides which window to read next. Pure.</summary>
public static class FeedSchedule
{
    private static readonly TimeSpan DefaultPast = TimeSpan.FromDays(30);

    /// <summary>Where the first poll of a company begins.</summary>
    public static DateTimeOffset StartFrom(DateTimeOffset now, FeedPollingOptions options) =>
        WholeSecond(options.StartFrom ?? now - DefaultPast);

    /// <summary>
    /// The window after the watermark: <c>[watermark − Overlap, min(watermark + MaxWindow, now − SafetyLag)]</c>, to whole
    /// seconds, overlapping at least by the seam of two windows. Null when nothing is due: the last poll has just been.
    /// </summary>
    /// <remarks>
    /// A clock that is well behind the watermark was set back, or is right again after it was ahead: what happens now is
    /// read all the same, from before the poll before, however long ago that was, and the watermark stands until the clock has
    /// passed it.
    /// Rows are dated by the API's clock. Where that one is ahead, a window ends at its now, and what just happened is not
    /// late by the difference; where it is behind, its now is all there is to reach, unless even the watermark is later.
    /// </remarks>
    /// <param name="watermark">Up to when the feed is proven read.</param>
    /// <param name="now">By our clock.</param>
    /// <param name="options">How the feed is read.</param>
    /// <param name="ahead">How far the API's clock is ahead of ours; below zero, behind. See <see cref="ApiClock"/>.</param>
    /// <param name="readTo">Up to when this instance has read; null when it has not read yet.</param>
    public static PlannedWindow? Next(
        DateTimeOffset watermark,
        DateTimeOffset now,
        FeedPollingOptions options,
        TimeSpan ahead = default,
        DateTimeOffset? readTo = null
    )
    {
        var horizon = WholeSecond(now - options.SafetyLag);
        var latest = WholeSecond(ahead > TimeSpan.Zero ? horizon + ahead : horizon);
        var settled = ahead < TimeSpan.Zero ? horizon + ahead : horizon;
        if (horizon < watermark - options.Interval)
        {
            var from = Earlier(readTo ?? horizon, horizon - options.Interval) - Overlap(options);
            var to = Earlier(horizon + options.MaxWindow, latest);
            return new PlannedWindow(new FeedWindow(WholeSecond(from), to), ReachesNow: true);
        }

        if (horizon <= watermark)
            return null;

        var end = Earlier(watermark + options.MaxWindow, latest);
        var reachesNow = end >= horizon || (watermark <= settled && settled <= end);
        return new PlannedWindow(new FeedWindow(watermark - Overlap(options), end), reachesNow);
    }

    /// <summary>
    /// Where the watermark stands once a window is stored: its end, but never later than when it was asked for, less the lag.
    /// Our clock may be ahead: a watermark in the API's future would pass over what is still to come.
    /// </summary>
    /// <param name="askedAt">By the clock that is behind (<see cref="ApiClock.AskedAt"/>); null: as late as may be.</param>
    public static DateTimeOffset Proven(
        DateTimeOffset watermark,
        FeedWindow read,
        DateTimeOffset? askedAt,
        FeedPollingOptions options
    )
    {
        var settled = askedAt is { } now ? WholeSecond(now - options.SafetyLag) : read.To;
        var proven = settled < read.To ? settled : read.To;
        return proven > watermark ? proven : watermark;
    }

    /// <summary>
    /// How long to wait for the next cycle: none while the past is being read, but only as long as that gets on. An API
    /// whose clock is far behind ours lets no watermark move, and would be asked for the same window again and again.
    /// </summary>
    public static TimeSpan WaitAfter(FeedCycleResult cycle, FeedPollingOptions options) =>
        cycle is { ReachesNow: false, Moved: true } ? TimeSpan.Zero : options.Interval;

    /// <summary>The API takes whole seconds: a watermark between two would promise what was never asked for.</summary>
    internal static DateTimeOffset WholeSecond(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);

    internal static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static TimeSpan Overlap(FeedPollingOptions options) =>
        options.Overlap > FeedPace.Seam ? options.Overlap : FeedPace.Seam;
}
