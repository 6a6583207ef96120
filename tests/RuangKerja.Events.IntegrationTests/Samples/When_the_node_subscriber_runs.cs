using RabbitMQ.Client;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Relay;
using RuangKerja.Events.IntegrationTests.Subscriber;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Samples;

/// <summary>samples/node-subscriber as its README has it: <c>npm install</c>, and a process of its own.</summary>
public sealed class When_the_node_subscriber_runs(Servers servers)
{
    private const string Queue = "node-subscriber";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_print_exactly_the_events_its_pattern_takes()
    {
        NodeSubscriber.SkipWithoutNode();
        var broker = await servers.CreateVirtualHostAsync();
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        await using var relay = await RelayFixture.StartAsync(broker);
        await using var completions = await NodeSubscriber.StartAsync(broker, Queue, "*.completed");
        await using var acme = await NodeSubscriber.StartAsync(broker, "acme", "acme.*");
        var published = OfEveryKind("default").Concat(OfEveryKind("acme")).ToList();

        foreach (var change in published)
            await relay.Publisher.PublishAsync(change, CancellationToken.None);

        await completions.WaitForEventsAsync(2);
        await acme.WaitForEventsAsync(7);
        (await completions.StopAsync()).ShouldBe(0, completions.Log);
        (await acme.StopAsync()).ShouldBe(0, acme.Log);
        Members(completions).ShouldBe(published.OfType<CourseCompleted>().Select(Members));
        Members(acme).ShouldBe(published.Where(change => change.Company == "acme").Select(Members));
        (await queues.DepthAsync(Queue)).ShouldBe(0u);
    }

    [Fact]
    public async Task Should_print_a_duplicate_once_and_put_aside_what_it_cannot_read()
    {
        NodeSubscriber.SkipWithoutNode();
        var broker = await servers.CreateVirtualHostAsync();
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        await using var relay = await RelayFixture.StartAsync(broker);
        await using var subscriber = await NodeSubscriber.StartAsync(broker, Queue, "#");
        await using var channel = await queues.OpenChannelAsync();
        var (first, last) = (RelayFixture.Change(), RelayFixture.Change());

        await relay.Publisher.PublishAsync(first, CancellationToken.None);
        await relay.Publisher.PublishAsync(first, CancellationToken.None);
        await SendAsync("{ \"message\": ");
        await SendAsync("""{ "messageType": ["urn:message:Payroll:Paid"], "message": {} }""");
        await relay.Publisher.PublishAsync(last, CancellationToken.None);

        await subscriber.WaitForEventsAsync(2);
        Members(subscriber).ShouldBe([Members(first), Members(last)]);
        await Wait.Until(
            async () => await queues.DepthAsync($"{Queue}-dead-letters") == 1,
            Patience,
            "the broken message among the dead letters"
        );
        (await subscriber.StopAsync()).ShouldBe(0, subscriber.Log);
        subscriber.Log.ShouldContain("urn:message:Payroll:Paid");
        (await queues.DepthAsync(Queue)).ShouldBe(0u);

        Task SendAsync(string body) =>
            channel.BasicPublishAsync("", Queue, mandatory: true, System.Text.Encoding.UTF8.GetBytes(body)).AsTask();
    }

    [Fact]
    public async Task Should_come_back_when_its_connection_is_cut()
    {
        NodeSubscriber.SkipWithoutNode();
        await using var server = await RabbitMqServer.StartAsync();
        await using var relay = await RelayFixture.StartAsync(server.AmqpUri);
        await using var subscriber = await NodeSubscriber.StartAsync(server.AmqpUri, Queue, "*.completed");
        var (before, after) = (RelayFixture.Change(), RelayFixture.Change());
        await relay.Publisher.PublishAsync(before, CancellationToken.None);
        await subscriber.WaitForEventsAsync(1);

        await server.RabbitMqCtlAsync("close_all_connections", "a test");
        await subscriber.WaitForLogAsync("Trying again in ");
        await subscriber.WaitForLogAsync($"Consuming from {Queue}", times: 2);
        await using var another = await RelayFixture.StartAsync(server.AmqpUri);
        await another.Publisher.PublishAsync(after, CancellationToken.None);

        await subscriber.WaitForEventsAsync(2);
        Members(subscriber).ShouldBe([Members(before), Members(after)]);
        (await subscriber.StopAsync()).ShouldBe(0, subscriber.Log);
    }

    [Fact]
    public async Task Should_pass_tests_of_its_own()
    {
        NodeSubscriber.SkipWithoutNode();

        var (code, output) = await NodeSubscriber.TestAsync();

        code.ShouldBe(0, output);
    }

    private static IEnumerable<CourseStatusChanged> OfEveryKind(string company)
    {
        var change = RelayFixture.Change() with { Company = company };
        return
        [
            new CourseAssigned(change) { EventId = Guid.NewGuid(), Kind = ChangeKinds.Assigned },
            new CourseStarted(change) { EventId = Guid.NewGuid(), Kind = ChangeKinds.Started },
            new CourseCompleted(change) { EventId = Guid.NewGuid(), Kind = ChangeKinds.Completed },
            new CourseFailed(change) { EventId = Guid.NewGuid(), Kind = ChangeKinds.Failed },
            new CourseExpired(change) { EventId = Guid.NewGuid(), Kind = ChangeKinds.Expired },
            new CourseReopened(change) { EventId = Guid.NewGuid(), Kind = ChangeKinds.Reopened },
            new CourseReset(change) { EventId = Guid.NewGuid(), Kind = ChangeKinds.Reset },
        ];
    }

    private static string Members(CourseStatusChanged change) =>
        $"{change.EventId} {change.GetType().Name} {change.Company} {change.AssignmentId} {change.Version} {change.EmployeeId} "
        + $"{change.CourseName} {change.Kind} {change.Status} {change.OccurredAt:O} False";

    private static IEnumerable<string> Members(NodeSubscriber subscriber) =>
        subscriber.Events.Select(told =>
            $"{told.GetProperty("eventId")} {told.GetProperty("type")} {told.GetProperty("company")} "
            + $"{told.GetProperty("assignmentId")} {told.GetProperty("version")} {told.GetProperty("employeeId")} "
            + $"{told.GetProperty("courseName")} {told.GetProperty("kind")} {told.GetProperty("status")} "
            + $"{told.GetProperty("occurredAt").GetDateTimeOffset():O} {told.GetProperty("replayed")}"
        );
}
