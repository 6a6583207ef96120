using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Life;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.IntegrationTests.Faults;

/// <summary>The feed shows a row long after the time it is dated with.</summary>
[Trait("Promise", "P1")]
public sealed class When_a_row_comes_late(Servers servers)
{
    private const string KnownByRosterOnly =
        "select id from ruangkerja.mt_doc_coursestatussnapshot where data ->> 'assignedCourseSerial' is null";

    private static readonly TimeSpan Lateness = TimeSpan.FromSeconds(8);

    [Fact]
    public async Task F31_P1_Should_be_caught_by_the_overlap_and_its_lateness_be_measured()
    {
        await using var bench = await FaultBench.PrepareAsync(servers);
        bench.PollAs(feed => feed with { Overlap = 4 * Lateness });
        using var lags = new MeterListener();
        var seconds = new ConcurrentBag<double>();
        lags.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Meter.Name: PipelineMetrics.MeterName, Name: "ruangkerja.detection.lag" })
                listener.EnableMeasurementEvents(instrument);
        };
        lags.SetMeasurementEventCallback<double>((_, lag, _, _) => seconds.Add(lag));
        lags.Start();
        await bench.StartPipelineAsync();

        bench.Simulator.Faults.FeedLag = Lateness;
        await bench.LiveUntilReceivedAsync(40);

        (await bench.JudgeAsync()).ShouldBeComplete();
        // Each one is late by a lot of its own. Other pipelines of this process measure too: the latest of ours is sought.
        var latest = bench.Subscriber.Received.Max(told => (told.DetectedAt - told.OccurredAt).TotalSeconds);
        latest.ShouldBeGreaterThan(4);
        await Wait.Until(
            () => seconds.Any(lag => Math.Abs(lag - latest) < 0.001),
            TimeSpan.FromSeconds(30),
            $"a measurement of {latest} s"
        );
    }

    [Fact]
    public async Task F31_P1_Should_be_told_by_its_roster_when_the_overlap_is_too_short()
    {
        await using var bench = await FaultBench.PrepareAsync(
            servers,
            new SimulatorOptions
            {
                Employees = 60,
                Courses = 2,
                AssignmentsPerEmployee = 1,
            }
        );
        bench.AskAs(api => api with { RequestsPerSecond = 50 });
        bench.PollAs(feed => feed with { Overlap = TimeSpan.FromSeconds(1) });
        bench.Deployment.SweepAs(new RosterOptions { Interval = TimeSpan.FromSeconds(1) });
        await bench.StartPipelineAsync();

        bench.Simulator.Faults.FeedLag = TimeSpan.FromHours(1);
        bench.Simulator.Assign();
        foreach (var one in bench.Simulator.World.Company().Population.Assignments.Take(10))
        {
            bench.Simulator.Transition(
                new TransitionOrder
                {
                    AssignedCourseSerial = one.AssignedCourseSerial,
                    To = one.Status == UpstreamStatus.Completed ? UpstreamStatus.Failed : UpstreamStatus.Completed,
                }
            );
        }

        (await bench.JudgeAsync()).ShouldBeComplete();
        (await bench.Deployment.ColumnAsync(KnownByRosterOnly)).ShouldHaveSingleItem();
        bench.Subscriber.Received.ShouldAllBe(change => change.Source == Sources.Roster);

        // Now the feed shows them all, dated back. Only it tells an assignment's own serial.
        await bench.Deployment.StopPipelineAsync();
        bench.PollAs(feed => feed with { Overlap = TimeSpan.FromMinutes(15) });
        bench.Simulator.Faults.FeedLag = TimeSpan.Zero;
        await bench.Deployment.StartPipelineAsync();
        await Wait.Until(
            async () => !(await bench.Deployment.ColumnAsync(KnownByRosterOnly)).Any(),
            TimeSpan.FromSeconds(60),
            "the feed to show what the roster has told"
        );
        await bench.WaitForRequestsAsync(Simulator.Upstream.UpstreamEndpoint.Feed, more: 2);
        (await bench.JudgeAsync()).ShouldBeComplete();
    }
}
