using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.EndToEnd;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Replay.Requests;
using RuangKerja.Events.Subscriber.Replays;
using RuangKerja.Simulator;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>The kit's wish, with the whole service behind it.</summary>
[Trait("Promise", "P5")]
public sealed class When_a_replay_is_asked_for_by_the_kit(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly SimulatorOptions Few = new() { Employees = 10, Courses = 3 };

    [Fact]
    public async Task Should_come_to_the_consumer_once_or_be_refused_with_the_reason()
    {
        await using var deployment = await Deployment.PrepareAsync(servers, Few);
        deployment.Configure(options => options with { Replay = new ReplayOptions { AllowedQueues = ["hr*"] } });
        await deployment.StartPipelineAsync();
        await deployment.WaitForBootstrapAsync();
        await using var queues = await BrokerQueues.ConnectAsync(deployment.Broker);
        await Wait.Until(
            async () => await queues.DepthAsync(ReplayRequestQueue.Name) is not null,
            Patience,
            "a queue to ask by"
        );
        await using var allowed = await SubscribedService.StartAsync<RecordingConsumer>(
            deployment.Broker,
            options => options.Queue = "hr-courses"
        );
        await using var refused = await SubscribedService.StartAsync<RecordingConsumer>(
            deployment.Broker,
            options => options.Queue = "payroll"
        );

        var started = await AskAsync(allowed);
        await Wait.Until(() => allowed.Recorder.Done.Count >= started.Count, Patience, "all events");
        var again = await AskAsync(allowed);
        var rejection = await Should.ThrowAsync<ReplayRejectedException>(() => AskAsync(refused));

        started.Count.ShouldBeGreaterThan(0);
        again.ReplayId.ShouldNotBe(started.ReplayId);
        // The end of the second one stands behind its last event.
        await Wait.Until(
            async () => await queues.DepthAsync("hr-courses") == 0 && allowed.Log.Of(2001).Count >= again.Count,
            Patience,
            "the second replay"
        );
        allowed.Recorder.Done.Select(change => change.EventId).ShouldBeUnique();
        rejection.Faults.ShouldContain(fault => fault.Member == "queue");
        rejection.Message.ShouldContain("payroll");
    }

    [Fact]
    public async Task Should_be_told_as_unanswered_where_there_is_no_service()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var service = await SubscribedService.StartAsync<RecordingConsumer>(broker);
        var bus = service.Services.GetRequiredService<IBus>();
        var replays = new ReplayRequests(bus, "recording", TimeSpan.FromSeconds(1));

        var error = await Should.ThrowAsync<ReplayUnansweredException>(() => replays.RequestReplayAsync());

        error.RequestId.ShouldNotBe(Guid.Empty);
        error.Message.ShouldContain("recording");
    }

    private static Task<ReplayStarted> AskAsync(SubscribedService service) =>
        service
            .Services.GetRequiredService<ICourseStatusReplays>()
            .RequestReplayAsync(request => request with { IncludeBaseline = true });
}
