using RuangKerja.Events.Api;

namespace RuangKerja.Events.Polling;

/// <summary>The next piece of the feed to read.</summary>
/// <param name="Window">What to ask for.</param>
/// <param name="Watermark">What is proven read once it has been: the window's end.</param>
/// <param name="ReachesNow">False when more of the past is waiting: the next poll follows at once.</param>
public readonly record struct PlannedWindow(FeedWindow Window, DateTimeOffset Watermark, bool ReachesNow);

/// <summary>Decides which window to read next. Pure.</summary>
public static class FeedSchedule
{
    private static readonly TimeSpan DefaultPast = TimeSpan.FromDays(30);

    /// <summary>Where the first poll of a company begins.</summary>
    public static DateTimeOffset StartFrom(DateTimeOffset now, FeedPollingOptions options) =>
        WholeSecond(options.StartFrom ?? now - DefaultPast);

    /// <summary>
    /// The window after the watermark: <c>[watermark − Overlap, min(watermark + MaxWindow, now − SafetyLag)]</c>, to whole
    /// seconds. Null when nothing is due: the clock has not passed the watermark, or was set back.
    /// </summary>
    public static PlannedWindow? Next(DateTimeOffset watermark, DateTimeOffset now, FeedPollingOptions options)
    {
        var horizon = WholeSecond(now - options.SafetyLag);
        if (horizon <= watermark)
            return null;

        var furthest = watermark + options.MaxWindow;
        var end = furthest < horizon ? furthest : horizon;
        return new PlannedWindow(new FeedWindow(watermark - options.Overlap, end), end, end == horizon);
    }

    /// <summary>The API takes whole seconds: a watermark between two would promise what was never asked for.</summary>
    private static DateTimeOffset WholeSecond(DateTimeOffset instant) =>
        new(instant.UtcTicks - (instant.UtcTicks % TimeSpan.TicksPerSecond), TimeSpan.Zero);
}
