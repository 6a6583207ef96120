using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.Polling.Rosters;
using RuangKerja.Simulator;
using RuangKerja.Simulator.Faults;
using RuangKerja.Simulator.People;
using RuangKerja.Simulator.Upstream;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.IntegrationTests.Sweeps;

[Trait("Promise", "P1")]
public sealed class When_rosters_are_swept(Servers servers)
{
    // One sweep after the other.
    private static readonly RosterOptions Endless = new() { Interval = TimeSpan.FromSeconds(1) };

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_know_every_assignment_with_its_scores_and_give_up_only_what_fails()
    {
        await using var deployment = await Deployment.PrepareAsync(servers);
        var bad = deployment.Simulator.World.Company().Population.Courses[0].Serial;
        deployment.Simulator.Faults.AddRosterRow("{ no JSON", bad);
        await deployment.StartPipelineAsync();

        // Tried again and again; the test makes the pauses shorter.
        await Wait.Until(
            async () =>
            {
                await deployment.MakeCoursesDueAsync();
                return (await deployment.Sweeps.ReadAsync(Company.Default, CancellationToken.None))?.FinishedAt
                    is not null;
            },
            Soon,
            "the end of the sweep"
        );

        // Twelve online courses, a webinar without people, and an offline course whose roster is refused.
        var sweep = await deployment.WaitForSweepAsync();
        (sweep.Swept, sweep.Refused, sweep.Failed, sweep.Drifted).ShouldBe((12, 1, 1, 0));
        deployment
            .Simulator.Requests.Latest.Count(r => r.Endpoint == UpstreamEndpoint.Roster && r.Path.Contains(bad))
            .ShouldBe(5);
        await deployment.WaitForBootstrapAsync();
        await deployment.ShouldHoldTheTruthAsync();
        (
            await deployment.ColumnAsync(
                $"""
                select count(*) from ruangkerja.mt_doc_coursestatussnapshot
                where data->>'status' in ('completed', 'failed') and data->>'courseSerial' <> '{bad}'
                  and (data->>'postTest' is null or (data->>'timeSpentSeconds')::int < 300)
                """
            )
        ).ShouldBe(["0"]);
        (await deployment.ColumnAsync("select count(*) from ruangkerja.outbox")).ShouldBe(
            ["0"],
            "all of it is the past"
        );
    }

    [Fact]
    public async Task Should_tell_each_change_once_whichever_source_shows_it_first()
    {
        await using var deployment = await Deployment.PrepareAsync(
            servers,
            new SimulatorOptions
            {
                Employees = 60,
                TransitionsPerMinute = 600,
                MinimumDwell = TimeSpan.FromSeconds(20),
            }
        );
        deployment.SweepAs(Endless);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;

        await deployment.LiveAsync(transitions: 120);

        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await subscriber.WaitForAsync(truth.Count);
        await WaitForNextSweepAsync(deployment);
        await deployment.WaitForEmptyOutboxAsync();
        subscriber.Received.ShouldTellByCourse(truth);
        subscriber.Received.Select(c => c.Source).Distinct().Count().ShouldBe(2, "both sources were first at times");
        await deployment.ShouldHoldTheTruthAsync();
    }

    [Fact]
    public async Task Should_tell_a_completion_that_the_feed_does_not_and_not_again_when_it_does()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, new SimulatorOptions { Employees = 30 });
        deployment.SweepAs(Endless);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();

        deployment.Simulator.Faults.Answer(new AnswerFault { Endpoint = UpstreamEndpoint.Feed, Count = int.MaxValue });
        var completed = deployment.Simulator.Transition(UpstreamStatus.Completed);
        await subscriber.WaitForAsync(1);
        var told = subscriber.Received.Single();
        (told.EmployeeId, told.Status, told.Source, told.OccurredAtPrecision).ShouldBe(
            (completed.EmployeeId, CourseStatuses.Completed, Sources.Roster, Precisions.Day)
        );
        told.AssignedCourseSerial.ShouldBe(completed.AssignedCourseSerial);

        deployment.Simulator.Faults.Clear();
        await Wait.Until(
            async () =>
                (
                    await deployment.ColumnAsync(
                        $"""
                        select data->>'completedAt' from ruangkerja.mt_doc_coursestatussnapshot
                        where data->>'employeeId' = '{completed.EmployeeId}' and (data->>'feedUpdatedAt')::timestamptz = '{completed.At:O}'
                        """
                    )
                ).Count == 1,
            Soon,
            "the feed's row of it"
        );
        await WaitForNextSweepAsync(deployment);
        await deployment.WaitForEmptyOutboxAsync();
        subscriber.Received.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Should_publish_during_the_bootstrap_what_happens_during_it()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, new SimulatorOptions { Employees = 30 });
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        deployment.Simulator.Faults.Answer(
            new AnswerFault { Endpoint = UpstreamEndpoint.Roster, Count = int.MaxValue }
        );
        await deployment.StartPipelineAsync();
        await Wait.Until(
            async () =>
                (await deployment.Store.ReadProgressAsync(Company.Default, CancellationToken.None))?.CaughtUp == true,
            Soon,
            "the feed to be caught up with"
        );
        var before = deployment.Simulator.Ledger.LastSeq;

        deployment.Simulator.Transition(UpstreamStatus.Completed);
        deployment.Simulator.Assign();
        await subscriber.WaitForAsync(2);
        var progress = (await deployment.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!;
        progress.IsBootstrapped(rosters: true).ShouldBeFalse("no roster could be read yet");

        deployment.Simulator.Faults.Clear();
        await Wait.Until(
            async () =>
            {
                await deployment.MakeCoursesDueAsync();
                progress = (await deployment.Store.ReadProgressAsync(Company.Default, CancellationToken.None))!;
                return progress.IsBootstrapped(rosters: true);
            },
            Soon,
            "the end of the bootstrap"
        );
        await deployment.WaitForEmptyOutboxAsync();
        subscriber.Received.ShouldTell(deployment.Simulator.Ledger.After(before));
    }

    private static async Task WaitForNextSweepAsync(Deployment deployment)
    {
        var before = (await deployment.Sweeps.ReadAsync(Company.Default, CancellationToken.None))!.Id;
        await Wait.Until(
            async () =>
                await deployment.Sweeps.ReadAsync(Company.Default, CancellationToken.None)
                    is { FinishedAt: not null } sweep
                && sweep.Id != before,
            Soon,
            "one more sweep"
        );
    }
}
