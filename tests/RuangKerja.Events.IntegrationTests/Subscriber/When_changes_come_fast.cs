using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>
/// Order from RabbitMQ's hands to the consumer: many messages are worked on at once, and those of one assignment one after another.
/// </summary>
[Trait("Promise", "P4")]
public sealed class When_changes_come_fast(Servers servers)
{
    private const int Assignments = 40;
    private const int Versions = 25;

    [Fact]
    public async Task Should_keep_each_assignment_in_order_and_miss_none()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using (await SubscribedService.StartAsync<RecordingConsumer>(broker, Named)) { }
        var assignments = Enumerable.Range(0, Assignments).Select(_ => new TestAssignment()).ToArray();
        // Neighbours in the queue are of one assignment, which is where they could overtake each other.
        var changes = new List<CourseStatusChanged>();
        for (var round = 0; round < Versions / 5; round++)
            foreach (var assignment in assignments)
                changes.AddRange(Enumerable.Range(0, 5).Select(_ => assignment.Reopened()));
        await publisher.PublishAsync([.. changes]);

        // Everything waits, and is handed out as fast as can be.
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(broker, Named);
        var end = new TestAssignment().Assigned();
        await publisher.PublishAsync(end);
        await service.Recorder.WaitForAsync(end);
        await Wait.Until(
            () => service.Recorder.Done.Count >= changes.Count + 1,
            TimeSpan.FromSeconds(60),
            "all changes, none of them taken for outdated"
        );

        // One that had been overtaken would have been dropped as outdated.
        foreach (var assignment in assignments)
            service
                .Recorder.VersionsOf(assignment.AssignmentId)
                .ShouldBe(Enumerable.Range(1, Versions).Select(version => (long)version));

        static void Named(RuangKerja.Events.Subscriber.SubscriberOptions options) =>
            (options.Queue, options.Concurrency, options.Prefetch) = ("Recording", 32, 200);
    }
}
