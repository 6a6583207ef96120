using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Polling.Rosters;

/// <summary>Whether sweeping does its work. Pure.</summary>
public static class SweepHealth
{
    /// <summary>A course that fails is tried within minutes: a sweep that stores nothing for longer stands still.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(20);

    /// <summary>What is wrong and what to do; null when nothing is, or nothing has been tried yet.</summary>
    public static PartVerdict? WhatIsWrong(Sweep? sweep, DateTimeOffset now) =>
        sweep switch
        {
            null => null,
            { FinishedAt: null } when now - sweep.ProgressedAt > LongestSilence => Failing(
                $"The sweep of {sweep.Courses} rosters has stood still for {now - sweep.ProgressedAt:d\\.hh\\:mm\\:ss}, with "
                    + $"{sweep.Pending} to go.",
                "Look at the log for what holds it up."
            ),
            { FinishedAt: { } at, Courses: 0 } => Failing(
                $"The catalogue that was swept at {at:O} was empty.",
                "Check that the API's user may see the courses."
            ),
            { FinishedAt: { } at } when SweepSchedule.HasMostlyFailed(sweep) => Failing(
                $"{sweep.Failed} of {sweep.Courses} rosters could not be read in the sweep that ended at {at:O}.",
                "It is begun again soon; look at the log for the reasons."
            ),
            _ => null,
        };

    private static PartVerdict Failing(string reason, string hint) => new(PartStatus.Failing, reason, hint);
}
