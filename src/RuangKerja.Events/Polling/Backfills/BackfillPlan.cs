using RuangKerja.Events.Api;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Backfills;

/// <summary>
/// Decides which window of a backfill to read next. Pure. A position says that everything before it is proven read,
/// whatever the API takes the ends of a window for.
/// </summary>
public static class BackfillPlan
{
    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(2), TimeSpan.FromMinutes(2));

    /// <summary>
    /// The span from the second of <paramref name="from"/> to the end of the second of <paramref name="to"/>: what happened
    /// at that very instant belongs to it, and the API takes whole seconds.
    /// </summary>
    public static BackfillRange Range(DateTimeOffset from, DateTimeOffset to) =>
        new(FeedSchedule.WholeSecond(from), FeedSchedule.WholeSecond(to) + TimeSpan.FromSeconds(1));

    /// <summary>
    /// The window after the position: as much as one request may ask for, overlapping what is read by the seam of two
    /// windows. More overlap would bring nothing: rows that arrive late are recent ones, which live polling reads.
    /// </summary>
    public static FeedWindow Next(BackfillRange range, DateTimeOffset position, FeedPollingOptions options) =>
        new(position - FeedPace.Seam, Earlier(position + options.MaxWindow, range.To));

    /// <summary>How long to wait after a failure that may pass by itself.</summary>
    /// <param name="failures">How many in a row, this one included.</param>
    /// <param name="jitter">0 … 1.</param>
    public static TimeSpan Pause(int failures, TimeSpan? retryAfter, double jitter)
    {
        var pause = Pauses.Delay(failures, jitter);
        return retryAfter > pause ? retryAfter.Value : pause;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
