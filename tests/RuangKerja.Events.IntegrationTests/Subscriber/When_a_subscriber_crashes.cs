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
        var assignment = new TestAssignment();
        CourseStatusChanged[] life = [assignment.Assigned(), assignment.Started(), assignment.Completed()];

        await using (var victim = await SubscriberProcess.StartAsync(broker, effects, behaviour))
        {
            await publisher.PublishAsync(life);
            await victim.WaitForStandstillAsync();
        }

        (await effects.CountAsync()).ShouldBe(behaviour == SubscriberProcess.StopsBeforeAck ? 1 : 0);
        await using var next = await SubscriberProcess.StartAsync(broker, effects, SubscriberProcess.Works);
        await EndAsync(publisher, effects, life, [assignment]);
    }

    [Fact]
    public async Task F24_P3_Should_have_each_effect_once_when_it_is_killed_again_and_again_and_all_comes_twice()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var effects = await EffectTable.CreateAsync(servers);
        await using var publisher = await Publisher.StartAsync(broker);
        var assignments = Assignments(200);
        var changes = Lives(assignments);
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
        await EndAsync(publisher, effects, changes, assignments);
    }

    [Fact]
    public async Task F24_P3_Should_have_each_effect_once_when_the_broker_restarts_in_the_middle()
    {
        await using var broker = await RabbitMqServer.StartAsync();
        await using var effects = await EffectTable.CreateAsync(servers);
        await using var publisher = await Publisher.StartAsync(broker.AmqpUri);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var service = await SubscribedService.StartAsync<HeldEffectConsumer>(
            broker.AmqpUri,
            options =>
            {
                options.Queue = SubscriberProcess.Queue;
                options.UsePostgresInbox(effects.ConnectionString);
            },
            new Recorder { Effect = (change, _) => change.Version == 2 ? release.Task : Task.CompletedTask }
        );
        await broker.FlushDeclarationsAsync();
        const int Employees = 100;
        var assignments = Assignments(Employees);
        var changes = Lives(assignments);
        await publisher.PublishAsync([.. changes.Take(2 * Employees)]);
        await Wait.Until(
            () => service.Recorder.Begun.Count(change => change.Version == 2) >= 8,
            TimeSpan.FromSeconds(60),
            "effects that are not committed"
        );

        await broker.KillAsync();
        (await effects.CountAsync()).ShouldBe(Employees);
        await broker.StartAgainAsync();
        release.SetResult();

        await publisher.PublishAsync([.. changes.Skip(2 * Employees)]);
        await EndAsync(publisher, effects, changes, assignments);
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
        var changes = Lives(Assignments(100));
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

    /// <summary>Nothing answers requests for replays here: were the dead version missing to the inbox, nothing behind it would be handled.</summary>
    [Fact]
    public async Task F25_P3_Should_go_on_behind_a_version_that_it_dies_of()
    {
        var broker = await servers.CreateVirtualHostAsync();
        await using var effects = await EffectTable.CreateAsync(servers);
        await using var publisher = await Publisher.StartAsync(broker);
        await using var queues = await BrokerQueues.ConnectAsync(broker);
        var assignment = new TestAssignment();
        CourseStatusChanged[] life = [assignment.Assigned(), assignment.Started(), assignment.Completed()];
        await using (var first = await StartAsync())
        {
            await publisher.PublishAsync(life[0]);
            await effects.WaitForAsync(1);
            await publisher.PublishAsync(life[1]);
            await first.WaitForDeathAsync();
        }

        for (var again = 0; again < SubscriberProcess.DeliveryLimit; again++)
        {
            await using var next = SubscriberProcess.Start(broker, effects, SubscriberProcess.DiesOfTheSecond);
            await next.WaitForDeathAsync();
        }

        (await queues.TakeAsync($"{SubscriberProcess.Queue}_dead")).Change.EventId.ShouldBe(life[1].EventId);
        await using var last = await StartAsync();
        await publisher.PublishAsync(life[2]);
        await EndAsync(publisher, effects, [life[0], life[2]], [assignment]);

        Task<SubscriberProcess> StartAsync() =>
            SubscriberProcess.StartAsync(broker, effects, SubscriberProcess.DiesOfTheSecond);
    }

    private static IReadOnlyList<TestAssignment> Assignments(int count) =>
        [.. Enumerable.Range(1, count).Select(n => new TestAssignment($"ID-{n}"))];

    /// <summary>Three events of each assignment, an assignment's in order and those of all mixed.</summary>
    private static IReadOnlyList<CourseStatusChanged> Lives(IReadOnlyList<TestAssignment> assignments) =>
        [
            .. assignments.Select(assignment => assignment.Assigned()),
            .. assignments.Select(assignment => assignment.Started()),
            .. assignments.Select(assignment => assignment.Completed()),
        ];

    /// <summary>What comes again of an assignment comes before its next version: when that is handled, all before it is settled.</summary>
    private static async Task EndAsync(
        Publisher publisher,
        EffectTable effects,
        IReadOnlyCollection<CourseStatusChanged> changes,
        IEnumerable<TestAssignment> assignments
    )
    {
        CourseStatusChanged[] ends = [.. assignments.Select(assignment => assignment.Reopened())];
        await publisher.PublishAsync(ends);
        await effects.WaitForAsync(changes.Count + ends.Length);
        await effects.ShouldBeOnceEachAsync([.. changes, .. ends]);
    }
}
