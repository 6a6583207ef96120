using System.Globalization;
using RuangKerja.Events.Service.Commands.Backfill;
using RuangKerja.Events.Storage.Replays;

namespace RuangKerja.Events.Service.Commands.Replay;

/// <summary>How fast a replay goes, by repeated looks.</summary>
internal sealed class ReplayPace(TimeProvider time)
{
    private (long At, long Sent)? _first;

    /// <summary>Messages a second since the first look; null while that is not known.</summary>
    public double? PerSecond { get; private set; }

    /// <summary>One look.</summary>
    public void Look(ReplayJob job)
    {
        var first = _first ??= (time.GetTimestamp(), job.Sent);
        var elapsed = time.GetElapsedTime(first.At).TotalSeconds;
        PerSecond = elapsed > 0 && job.Sent > first.Sent ? (job.Sent - first.Sent) / elapsed : null;
    }
}

/// <summary>How a replay's progress reads. Pure.</summary>
internal static class ReplayTexts
{
    /// <summary>0 … 1; a replay of nothing is done from the start.</summary>
    public static double Share(ReplayJob job) =>
        job.State == ReplayState.Finished || job.Total == 0
            ? 1
            : Math.Min(1, (double)(job.Sent + job.Unreadable) / job.Total);

    /// <summary>State, counts, pace, what is left, and what it waits for.</summary>
    public static string Progress(ReplayJob job, ReplayPace pace)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"{State(job)}, {job.Sent} of {job.Total} sent ({Math.Floor(100 * Share(job))} %)"
        );
        if (job.Unreadable > 0)
            text += $", {job.Unreadable} cannot be read";
        if (job.State == ReplayState.Running && pace.PerSecond is { } perSecond)
        {
            var left = TimeSpan.FromSeconds(Math.Max(0, job.Total - job.Sent - job.Unreadable) / perSecond);
            text += string.Create(CultureInfo.InvariantCulture, $", {perSecond:0}/s, {Duration(left)} left");
        }

        return job.Reason is null ? text : $"{text}. {job.Reason}";
    }

    /// <summary>The state in its own word.</summary>
    public static string State(ReplayJob job) => $"{job.State}".ToLowerInvariant();

    /// <summary>To whole seconds, rounded up.</summary>
    public static string Duration(TimeSpan duration) => BackfillTexts.Duration(duration);
}
