using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.Subscriber;
using RuangKerja.Events.Subscriber.Testing;
using RuangKerja.LocalServers;

namespace RuangKerja.Events.IntegrationTests.Subscriber;

/// <summary>Each event has its effect once, whatever ends in the middle.</summary>
[Trait("Promise", "P3")]
public sealed class When_a_subscriber_crashes(Servers servers)
{
    private const int Kills = 4;

    [Theory]
    [InlineData(SubscriberProcess.StopsBeforeCommit)]
    [InlineData(SubscriberProcess.StopsBeforeAck)]
    public async Task F24_P3_Should_have_each_effect_once_when_it_is_killed_behind_one(string behaviour)
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var effects = await EffectTable.CreateAsync(servers);
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var assignment = new TestAssignment();
        CourseStatusChanged[] life = [assignment.Assigned(), assignment.Started(), assignment.Completed()];

        await using (var victim = await SubscriberProcess.StartAsync(broker, effects, behaviour))
        {
            await publisher.PublishAsync(life);
            await victim.WaitForStandstillAsync();
        }

        (await effects.CountAsync()).ShouldBe(behaviour == SubscriberProcess.StopsBeforeAck ? 1 : 0);
        await using var next = await SubscriberProcess.StartAsync(broker, effects, SubscriberProcess.Works);
        await effects.WaitForAsync(life.Length);
        await WaitForEmptyQueueAsync(queues);
        await effects.ShouldBeOnceEachAsync(life);
    }

    [Fact]
    public async Task F24_P3_Should_have_each_effect_once_when_it_is_killed_again_and_again_and_all_comes_twice()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var effects = await EffectTable.CreateAsync(servers);
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var changes = Lives(200);
        // So the queue is there.
        await (await SubscriberProcess.StartAsync(broker, effects, SubscriberProcess.Works)).DisposeAsync();
        await publisher.PublishAsync([.. changes, .. changes]);

        for (var kill = 0; kill < Kills; kill++)
        {
            var enough = Math.Min(await effects.CountAsync() + 50, changes.Count);
            await using var victim = await SubscriberProcess.StartAsync(broker, effects, SubscriberProcess.Works);
            await effects.WaitForAsync(enough);
        }

        await using var last = await SubscriberProcess.StartAsync(broker, effects, SubscriberProcess.Works);
        await effects.WaitForAsync(changes.Count);
        await WaitForEmptyQueueAsync(queues);
        await effects.ShouldBeOnceEachAsync(changes);
    }

    [Fact]
    public async Task F24_P3_Should_have_each_effect_once_when_the_broker_restarts_in_the_middle()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var effects = await EffectTable.CreateAsync(servers);
        await using var publisher = await Publisher.StartAsync(broker.AmqpUri);
        await using var service = await SubscribedService.StartAsync<EffectConsumer>(
            broker.AmqpUri,
            options =>
            {
                options.Queue = SubscriberProcess.Queue;
                options.UsePostgresInbox(effects.ConnectionString);
            }
        );
        await broker.FlushDeclarationsAsync();
        var changes = Lives(300);
        await publisher.PublishAsync([.. changes.Take(300)]);
        await effects.WaitForAsync(10);

        await broker.KillAsync();
        await broker.StartAgainAsync();

        await publisher.PublishAsync([.. changes]);
        await effects.WaitForAsync(changes.Count);
        await effects.ShouldBeOnceEachAsync(changes);
    }

    [Fact]
    public async Task F24_P3_Should_wait_for_its_database_and_lose_nothing()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var effects = await EffectTable.CreateAsync(servers);
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var address = new Npgsql.NpgsqlConnectionStringBuilder(effects.ConnectionString);
        await using var proxy = ChaosProxy.Before(address.Host!, address.Port);
        (address.Host, address.Port) = ("127.0.0.1", proxy.Port);
        await using var service = await SubscribedService.StartAsync<EffectConsumer>(
            broker,
            options =>
            {
                options.Queue = SubscriberProcess.Queue;
                options.Attempts = 1;
                options.LongestWait = TimeSpan.FromMilliseconds(200);
                options.UsePostgresInbox(address.ConnectionString);
            }
        );
        var changes = Lives(100);
        await publisher.PublishAsync([.. changes.Take(100)]);
        await effects.WaitForAsync(100);

        proxy.Refuses = true;
        proxy.ResetAll();
        await publisher.PublishAsync([.. changes.Skip(100)]);
        const int InboxWaits = 2005;
        await Wait.Until(() => service.Log.Of(InboxWaits).Count > 0, TimeSpan.FromSeconds(60), "a word in the log");
        proxy.Heal();

        await effects.WaitForAsync(changes.Count);
        await effects.ShouldBeOnceEachAsync(changes);
        (await queues.DepthAsync($"{SubscriberProcess.Queue}_error") ?? 0).ShouldBe(0u);
    }

    /// <summary>Three events of each of so many assignments, an assignment's in order and those of all mixed.</summary>
    private static IReadOnlyList<CourseStatusChanged> Lives(int assignments)
    {
        var all = Enumerable.Range(1, assignments).Select(n => new TestAssignment($"ID-{n}")).ToList();
        return
        [
            .. all.Select(assignment => assignment.Assigned()),
            .. all.Select(assignment => assignment.Started()),
            .. all.Select(assignment => assignment.Completed()),
        ];
    }

    private static Task WaitForEmptyQueueAsync(BrokerQueues queues) =>
        Wait.Until(
            async () => await queues.DepthAsync(SubscriberProcess.Queue) == 0,
            TimeSpan.FromSeconds(60),
            "an empty queue"
        );
}
