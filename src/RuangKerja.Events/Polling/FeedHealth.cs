using RuangKerja.Events.Api;
using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.Polling;

/// <summary>Whether reading the feed does its work, judged by a cycle that was stored. Pure.</summary>
public static class FeedHealth
{
    /// <summary>What is wrong and what to do; null when the present is read.</summary>
    /// <param name="longest">How old the last poll may be.</param>
    public static PartVerdict? WhatIsWrong(FeedCycleResult cycle, DateTimeOffset now, TimeSpan longest)
    {
        if (cycle.Window is not { } window)
            return null;
        if (cycle.Held)
            return Held(cycle, window);
        if (cycle.ReachesNow && cycle.Watermark > window.To)
            return ClockSetBack(cycle.Watermark, window);

        var isFarBehind = WatermarkWatch.IsFarBehind(now - cycle.Watermark, longest);
        // An API whose clock is behind holds the watermark back, and the next window begins at the watermark.
        var isHeldBack = cycle.ReachesNow ? isFarBehind || now - window.To > longest : !cycle.Moved;
        if (isHeldBack && -cycle.Ahead > longest)
            return ApiClockBehind(cycle, window);
        return cycle.ReachesNow && !isFarBehind ? null : CatchingUp(cycle.Watermark, now);
    }

    private static PartVerdict Held(FeedCycleResult cycle, FeedWindow window) =>
        Failing(
            $"{cycle.Rejected} of {cycle.Rows} rows of the window {window.From:O} … {window.To:O} cannot be accepted: the "
                + "watermark stands still.",
            "Look at the reasons (ruangkerja-events quarantine list); if the rows are right to be refused, raise "
                + "Detection:QuarantineLimit until the window has passed."
        );

    private static PartVerdict ClockSetBack(DateTimeOffset watermark, FeedWindow window) =>
        Failing(
            $"This machine's clock is {watermark - window.To} behind what was read before ({watermark:O}): it is "
                + "wrong now, or was then.",
            "Set the clock. What happens now is read, and the watermark stands until the clock has passed it."
        );

    private static PartVerdict ApiClockBehind(FeedCycleResult cycle, FeedWindow window) =>
        Failing(
            $"The API's clock, by the Date of its answers, is {-cycle.Ahead:d\\.hh\\:mm\\:ss} behind this machine's: it holds "
                + $"the watermark back at {cycle.Watermark:O}, and the feed is read up to {window.To:O}.",
            "Set the clocks: this machine's, the API's or that of a proxy before it. Until then, what happens may be told "
                + "late when the difference is larger than Polling:Feed:MaxWindow."
        );

    private static PartVerdict CatchingUp(DateTimeOffset watermark, DateTimeOffset now) =>
        Failing(
            $"Catching up: the feed is read up to {watermark:O}, {now - watermark:d\\.hh\\:mm\\:ss} behind now.",
            "It goes on by itself."
        );

    private static PartVerdict Failing(string reason, string hint) => new(PartStatus.Failing, reason, hint);
}
