using RuangKerja.Events.Contracts;
using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>The kit against RabbitMQ, with the inbox it has by itself.</summary>
[Trait("Promise", "P3")]
public sealed class When_changes_come_to_a_subscriber(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_handle_each_once_however_often_it_comes()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            o => o.Queue = "Recording"
        );
        var assignment = new TestAssignment();
        CourseStatusChanged[] life = [assignment.Assigned(), assignment.Started(), assignment.Completed()];

        await publisher.PublishAsync(life);
        await publisher.PublishAsync(life);
        await publisher.ReplayAsync("Recording", Guid.NewGuid(), life);
        var end = assignment.Reopened();
        await publisher.PublishAsync(end);
        await service.Recorder.WaitForAsync(end);

        service.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([1, 2, 3, 4]);
        service.Recorder.Done.Select(change => change.EventId).Take(3).ShouldBe(life.Select(change => change.EventId));
    }

    [Fact]
    public async Task Should_drop_an_older_version_that_comes_late()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(
            broker,
            o => o.Queue = "Recording"
        );
        var assignment = new TestAssignment();
        CourseStatusChanged[] life = [assignment.Assigned(), assignment.Started(), assignment.Completed()];

        await publisher.PublishAsync(life[0], life[2], life[1], assignment.Reopened());
        await Wait.Until(() => service.Recorder.Done.Count == 3, Patience, "all but one");

        service.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([1, 3, 4]);
    }

    [Fact]
    public async Task Should_hand_a_consumer_of_some_kinds_those_alone()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var publisher = await Publisher.StartAsync(broker);
        await using var service = await SubscribedService.StartAsync<CertificateConsumer>(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var assignment = new TestAssignment();

        await publisher.PublishAsync(
            assignment.Assigned(),
            assignment.Started(),
            assignment.Completed(),
            assignment.Reopened()
        );
        await Wait.Until(() => service.Recorder.Done.Count == 2, Patience, "both");

        service.Recorder.Done.Select(change => change.Kind).ShouldBe([ChangeKinds.Completed, ChangeKinds.Reopened]);
        (await queues.DepthAsync("certificate")).ShouldBe(0u);
        (await queues.DepthAsync("certificate_skipped")).ShouldBeNull();
    }
}
