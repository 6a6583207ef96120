using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Events.Storage;

namespace RuangKerja.Events.Tests.Polling;

public sealed class SweepHealthTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A sweep, how many minutes after its last progress it is looked at, and what is wrong.</summary>
    public static readonly TheoryData<Sweep?, int, string?> Sweeps = new()
    {
        { null, 999, null },
        { Sweep(finished: false), 20, null },
        {
            Sweep(finished: false),
            21,
            "The sweep of 10 rosters has stood still for 0.00:21:00, with 3 to go. Look at the log for what holds it up."
        },
        { Sweep(finished: true), 99_999, null },
        { Sweep(finished: true) with { Failed = 5, Swept = 5, Pending = 0 }, 1, null },
        {
            Sweep(finished: true) with
            {
                Failed = 6,
                Swept = 4,
                Pending = 0,
            },
            1,
            "6 of 10 rosters could not be read in the sweep that ended at 2026-01-31T12:00:00.0000000+00:00. It is begun "
                + "again soon; look at the log for the reasons."
        },
        {
            Sweep(finished: true) with
            {
                Swept = 0,
                Pending = 0,
            },
            1,
            "The catalogue that was swept at 2026-01-31T12:00:00.0000000+00:00 was empty. Check that the API's user may "
                + "see the courses."
        },
    };

    [Theory]
    [MemberData(nameof(Sweeps))]
    public void Sweep_that_stands_still_fails_or_finds_nothing_is_told(Sweep? sweep, int minutes, string? wrong)
    {
        var verdict = SweepHealth.WhatIsWrong(sweep, Noon.AddMinutes(minutes));

        (verdict is null ? null : $"{verdict.Reason} {verdict.Hint}").ShouldBe(wrong);
    }

    private static Sweep Sweep(bool finished) =>
        new(
            Guid.Empty,
            StartedAt: Noon.AddHours(-1),
            FinishedAt: finished ? Noon : null,
            ProgressedAt: Noon,
            Pending: finished ? 0 : 3,
            Swept: finished ? 10 : 7,
            Refused: 0,
            Failed: 0,
            Drifted: 0,
            Rows: 0
        );
}
