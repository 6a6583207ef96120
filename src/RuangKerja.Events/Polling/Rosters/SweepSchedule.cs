using RuangKerja.Events.Api;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>Decides when sweeps begin, and how often a course is tried. Pure.</summary>
public static class SweepSchedule
{
    /// <summary>After this without a sign of life a course that was handed out is handed out again.</summary>
    public static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(5);

    /// <summary>How many courses of a company are handed out at a time: enough for all instances, few enough to be gone through soon.</summary>
    public const int Outstanding = 64;

    /// <summary>A sweep that mostly failed is begun again after this.</summary>
    private static readonly TimeSpan AfterFailedSweep = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan LongestWaitForFeed = TimeSpan.FromHours(1);

    private const int MostFailures = 5;

    private static readonly Backoff Pauses = new(TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(10));

    /// <summary>
    /// When a company's first sweep is to begin: once the feed was caught up with, since a roster tells only the day of a
    /// completion, and on the first day that does not part the past from the news; the feed does. A feed that cannot be
    /// read is not waited for without end.
    /// </summary>
    public static DateTimeOffset First(FeedProgress progress) =>
        progress.CaughtUp ? progress.StartedAt : progress.StartedAt + LongestWaitForFeed;

    /// <summary>When the next sweep is to begin; null while one is under way.</summary>
    public static DateTimeOffset? Next(Sweep latest, RosterOptions options)
    {
        if (latest.FinishedAt is not { } finished)
            return null;

        var due = latest.StartedAt + options.Interval;
        var soon = finished + AfterFailedSweep;
        return HasMostlyFailed(latest) && soon < due ? soon : due;
    }

    /// <summary>Whether so many courses failed, or there were none at all, that it cannot count as a look at them.</summary>
    public static bool HasMostlyFailed(Sweep sweep) => sweep.Failed * 2 > sweep.Courses || sweep.Courses == 0;

    /// <summary>How a course ends that could not be read; null when it is tried again.</summary>
    /// <param name="failures">How often it had failed before.</param>
    /// <param name="othersFare">Whether other courses of the sweep could be read: then the credentials are good.</param>
    public static CourseSweepEnd? AfterFailure(
        RuangKerjaApiException failure,
        int failures,
        int scans,
        bool othersFare
    ) =>
        failure switch
        {
            { IsRefusal: true } => new(CourseSweepState.Refused, scans, Drifted: false, failure.Message),
            // Without valid credentials nothing can be read: that says nothing of the course.
            { Kind: ApiFailureKind.Configuration } when !othersFare => null,
            _ when failures + 1 < MostFailures => null,
            _ => new(CourseSweepState.Failed, scans, Drifted: false, failure.Message),
        };

    /// <summary>The same for a course that this program cannot read, or the database not hold.</summary>
    public static CourseSweepEnd? AfterFault(Exception fault, int failures, int scans) =>
        failures + 1 < MostFailures ? null : new(CourseSweepState.Failed, scans, Drifted: false, fault.Message);

    /// <summary>How long a course waits after it could not be read.</summary>
    /// <param name="failures">How often, this time included.</param>
    /// <param name="jitter">0 … 1.</param>
    public static TimeSpan Pause(int failures, TimeSpan? retryAfter, double jitter)
    {
        var pause = Pauses.Delay(failures, jitter);
        return retryAfter > pause ? retryAfter.Value : pause;
    }
}
