using RuangKerja.Events.Storage.Replays;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Replay;

/// <summary>A broker that dies, answers nobody or takes nothing while a replay sends: all comes in the end, and is counted once.</summary>
[Trait("Promise", "P5")]
public sealed class When_the_broker_fails_a_replay(Servers servers)
{
    // All of them fit between two confirms.
    private const int Employees = 80;
    private const int Events = 3 * Employees;

    // Slow enough to be met in the middle, on a slow machine too.
    private const int Rate = 30;

    private static readonly TimeSpan PublishTimeout = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task Should_go_on_when_the_broker_has_restarted()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var bench = await ReplayBench.CreateAsync(servers, Employees, broker.AmqpUri, PublishTimeout);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports", consumed: false);
        await broker.FlushDeclarationsAsync();
        var job = await StartAsync(bench);

        await broker.KillAsync();
        await Wait.Until(() => bench.Log.Of(715).Count > 0, ReplayBench.Patience, "the replay waits");
        await broker.StartAgainAsync();
        job = await bench.WaitForEndAsync(job);

        (job.State, job.Sent).ShouldBe((ReplayState.Finished, Events));
        await queue.ConnectAsync();
        await queue.ConsumeAsync();
        await WaitForAllAsync(queue);
    }

    [Fact]
    public async Task Should_give_up_one_that_confirms_nothing_and_go_on_when_it_does()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var bench = await ReplayBench.CreateAsync(servers, Employees, broker.AmqpUri, PublishTimeout);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        var job = await StartAsync(bench);

        await broker.FreezeAsync();
        await Wait.Until(() => bench.Log.Of(715).Count > 0, ReplayBench.Patience, "the replay waits");
        await broker.ThawAsync();
        job = await bench.WaitForEndAsync(job);

        (job.State, job.Sent).ShouldBe((ReplayState.Finished, Events));
        await WaitForAllAsync(queue);
    }

    [Fact]
    public async Task Should_wait_for_one_that_takes_nothing_with_its_last_messages()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var bench = await ReplayBench.CreateAsync(servers, Employees, broker.AmqpUri, PublishTimeout);
        await using var queue = await ReplayQueue.DeclareAsync(bench.Broker, "reports");
        await broker.RabbitMqCtlAsync("set_vm_memory_high_watermark", "0");
        await bench.StartWorkerAsync();

        var job = await bench.AskAsync(ReplayBench.To("reports"));
        job = await bench.WaitForAsync(job, now => now.Reason is not null, "says why it waits");
        job.Reason.ShouldNotBeNull().ShouldContain("takes no messages now");
        // The command alone takes longer than a broker may be silent that takes messages.
        await broker.RabbitMqCtlAsync("await_startup");
        (await bench.ReadAsync(job)).State.ShouldBe(ReplayState.Running);
        await broker.RabbitMqCtlAsync("set_vm_memory_high_watermark", "0.8");
        job = await bench.WaitForEndAsync(job);

        (job.State, job.Sent, job.Reason).ShouldBe((ReplayState.Finished, Events, null));
        await WaitForAllAsync(queue);
    }

    private static async Task<ReplayJob> StartAsync(ReplayBench bench)
    {
        await bench.StartWorkerAsync();
        var job = await bench.AskAsync(ReplayBench.To("reports", Rate));
        return await bench.WaitForAsync(job, now => now.Sent > 20, "is in the middle");
    }

    /// <summary>What came more than once did so with one id.</summary>
    private static async Task WaitForAllAsync(ReplayQueue queue)
    {
        await Wait.Until(() => queue.EventIds.Count == Events, ReplayBench.Patience, "all events");
        queue
            .Received.GroupBy(message => message.Change.EventId)
            .ShouldAllBe(same => same.Select(message => message.Properties.MessageId).Distinct().Count() == 1);
    }
}
