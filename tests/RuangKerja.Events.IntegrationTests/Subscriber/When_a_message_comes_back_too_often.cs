using RuangKerja.Events.Subscriber.Testing;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>One that nobody acknowledges, as when the process dies of it each time.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_message_comes_back_too_often(Servers servers)
{
    [Fact]
    public async Task F25_P3_Should_end_in_the_dead_letter_queue_when_it_comes_back_too_often()
    {
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
        await using (await bench.SubscribeLimitedAsync(deliveryLimit: 2)) { }
        var assignment = new TestAssignment();
        var poison = assignment.Completed();
        var later = assignment.Reopened();

        await bench.Publisher.PublishAsync(poison);
        await bench.Queues.TakeAndDieAsync(PoisonBench.Queue, times: 3);
        var dead = await bench.Queues.TakeAsync(PoisonBench.Dead);

        dead.Change.EventId.ShouldBe(poison.EventId);
        // Given back from there behind a later version, it is handled, as late as it is.
        await using var mended = await bench.SubscribeLimitedAsync(deliveryLimit: 2);
        await bench.Publisher.PublishAsync(later);
        await mended.Recorder.WaitForAsync(later);
        dead.Properties.Headers?.Remove("x-delivery-count");
        await bench.Queues.SendAsync(PoisonBench.Queue, dead);
        await mended.Recorder.WaitForAsync(poison);
        mended.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([2, 1]);
    }

    /// <summary>Nobody may be left to note it afterwards.</summary>
    [Fact]
    public async Task F25_P3_Should_be_noted_as_given_up_before_it_is_handed_out_for_the_last_time()
    {
        await using var bench = await PoisonBench.StartAsync(await servers.CreateVirtualHostAsync());
        await using (await bench.SubscribeLimitedAsync(deliveryLimit: 2)) { }
        var assignment = new TestAssignment();
        var poison = assignment.Completed();
        var later = assignment.Reopened();
        await bench.Publisher.PublishAsync(poison);
        await bench.Queues.TakeAndDieAsync(PoisonBench.Queue, times: 2);

        await using var service = await bench.SubscribeLimitedAsync(deliveryLimit: 2);
        await bench.Publisher.PublishAsync(later);
        await service.Recorder.WaitForAsync(later);

        service.Log.Of(2004).ShouldHaveSingleItem().ShouldContain($"version 1 of assignment {assignment.AssignmentId}");
        service.Recorder.VersionsOf(assignment.AssignmentId).ShouldBe([1, 2]);
    }
}
