using RabbitMQ.Client;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.Relay;
using RuangKerja.Simulator;
using RuangKerja.Simulator.People;

namespace RuangKerja.Events.IntegrationTests.EndToEnd;

[Trait("Promise", "P1")]
[Trait("Promise", "P4")]
public sealed class When_courses_change(Servers servers)
{
    // Long beside the poll interval: two steps of one assignment are then never seen as one.
    private static readonly SimulatorOptions Lively = new()
    {
        TransitionsPerMinute = 1_200,
        MinimumDwell = TimeSpan.FromSeconds(20),
    };

    [Fact]
    public async Task Should_tell_every_subscriber_its_part_once_and_in_order()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Lively);
        await using var everything = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        await using var completions = await MassTransitSubscriber<CourseCompleted>.StartAsync(deployment.Broker);
        await using var topic = await AmqpQueue.BindAsync(
            deployment.Broker,
            ExchangeNames.Topic,
            ExchangeType.Topic,
            "*.completed"
        );
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;
        everything.Received.ShouldBeEmpty("the past is stored, not published");

        await deployment.LiveAsync(transitions: 150);

        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        var completed = truth.Where(t => t.To == UpstreamStatus.Completed).ToList();
        completed.ShouldNotBeEmpty();
        await everything.WaitForAsync(truth.Count);
        await completions.WaitForAsync(completed.Count);
        await topic.WaitForAsync(completed.Count);
        await deployment.WaitForEmptyOutboxAsync();

        everything.Received.ShouldTell(truth);
        completions.Received.ShouldTellPart(completed);
        topic.Received.Select(m => m.Change).ToList().ShouldTellPart(completed);
    }

    [Fact]
    public async Task Should_lose_and_double_nothing_when_the_pipeline_is_restarted()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Lively);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;

        deployment.Simulator.Resume();
        for (var restart = 0; restart < 3; restart++)
        {
            // In the middle: life goes on before, during and after.
            var halfway = subscriber.Received.Count + 15;
            await subscriber.WaitForAsync(halfway);
            await deployment.StopPipelineAsync();
            await deployment.StartPipelineAsync();
        }
        deployment.Simulator.Pause();

        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await subscriber.WaitForAsync(truth.Count);
        await deployment.WaitForEmptyOutboxAsync();
        subscriber.Received.ShouldTell(truth);
    }

    [Fact]
    public async Task Should_quarantine_a_bad_row_and_go_on_with_its_neighbours()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Lively);
        await using var subscriber = await MassTransitSubscriber<CourseStatusChanged>.StartAsync(deployment.Broker);
        deployment.Simulator.Faults.AddFeedRow(
            """{"assignedCourseSerial":"ASGC-BAD","employeeID":"ID-9","courseName":"X","updatedAt":"2026-01-01T00:00:00","status":"asleep"}"""
        );
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        var bootstrapped = deployment.Simulator.Ledger.LastSeq;

        await deployment.LiveAsync(transitions: 5);

        var truth = deployment.Simulator.Ledger.After(bootstrapped);
        await subscriber.WaitForAsync(truth.Count);
        subscriber.Received.ShouldTell(truth);
        (await deployment.QuarantineAsync())
            .ShouldHaveSingleItem()
            .ShouldBe(
                "status 'asleep' is not known; known are not_started, in_progress, completed, failed, expired. "
                    + "updatedAt '2026-01-01T00:00:00' is not a date and time with an offset, such as 2026-01-31T09:30:00+07:00."
            );
    }
}
