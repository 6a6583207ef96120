using System.Collections.Concurrent;
using RabbitMQ.Client.Exceptions;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;
using Company = RuangKerja.Events.Courses.Company;
using CourseStatus = RuangKerja.Events.Courses.CourseStatus;

namespace RuangKerja.Events.IntegrationTests.Relay;

[Trait("Promise", "P1")]
[Trait("Promise", "P4")]
public sealed class When_the_outbox_is_relayed(Servers servers)
{
    private static readonly RelayOptions Options = new() { RabbitMqUri = new Uri("amqp://127.0.0.1/") };

    [Fact]
    public async Task Should_remove_what_the_broker_confirmed()
    {
        await using var store = await CreateAsync(servers);
        var broker = await servers.CreateVirtualHostAsync();
        await using var queue = await AmqpQueue.BindAsync(broker, RelayFixture.BaseExchange);
        await using var bus = await RelayFixture.StartAsync(broker);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.Completed, 2));

        var pass = await Relay(store, bus.Publisher).RunAsync(CancellationToken.None);

        pass.ShouldBe(
            new RelayPass(Taken: 2, Confirmed: 2, Unroutable: 0, Unpublishable: 0, Refused: 0, Failure: null)
        );
        await queue.WaitForAsync(2);
        queue.Received.Select(m => m.Change.Version).ShouldBe([1, 2]);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_set_aside_what_no_queue_takes()
    {
        await using var store = await CreateAsync(servers);
        await using var bus = await RelayFixture.StartAsync(await servers.CreateVirtualHostAsync());
        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        var relay = Relay(store, bus.Publisher);

        (await relay.RunAsync(CancellationToken.None)).Unroutable.ShouldBe(1);

        (await relay.RunAsync(CancellationToken.None)).Taken.ShouldBe(0);
        var counts = await store.Outbox.CountAsync(Company.Default, CancellationToken.None);
        (counts.Pending, counts.Unroutable).ShouldBe((0, 1));
        (
            await store.Outbox.TrimUnroutableAsync(
                Company.Default,
                TimeSpan.FromDays(7),
                limit: 10,
                CancellationToken.None
            )
        ).ShouldBe(0);
        (
            await store.Outbox.TrimUnroutableAsync(Company.Default, TimeSpan.Zero, limit: 10, CancellationToken.None)
        ).ShouldBe(1);
    }

    [Fact]
    public async Task Should_set_aside_what_no_message_can_be_made_of_and_go_on()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.Completed, 2, employee: 2));
        await store.ExecuteAsync("""update ruangkerja.mt_events set data = '{"status":"dreaming"}' where seq_id = 1""");
        var publisher = new FailingPublisher(_ => false);

        var pass = await Relay(store, publisher).RunAsync(CancellationToken.None);

        (pass.Confirmed, pass.Unpublishable).ShouldBe((1, 1));
        (await store.RowsAsync("select seq_id, state from ruangkerja.outbox")).ShouldBe(["1 | unpublishable"]);
    }

    [Fact]
    public async Task Should_never_let_a_later_event_of_an_assignment_pass_one_that_failed()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(
            Row(CourseStatus.InProgress, 1),
            Row(CourseStatus.Completed, 2),
            Row(CourseStatus.InProgress, 3)
        );
        var failed = false;
        var publisher = new FailingPublisher(change => change.Version == 2 && !failed && (failed = true));
        var relay = Relay(store, publisher);

        var first = await relay.RunAsync(CancellationToken.None);
        first.Failure.ShouldNotBeNull();
        (await store.RowsAsync("select seq_id from ruangkerja.outbox order by 1")).ShouldBe(["2", "3"]);

        (await relay.RunAsync(CancellationToken.None)).Failure.ShouldBeNull();
        publisher.Published.Select(c => c.Version).ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Should_go_on_with_others_while_one_assignment_is_refused()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(
            Row(CourseStatus.InProgress, 1),
            Row(CourseStatus.Completed, 2),
            Row(CourseStatus.InProgress, 1, employee: 2)
        );
        var publisher = new FailingPublisher(change => change.EmployeeId == "ID-1") { Refuses = true };
        var relay = Relay(store, publisher);

        var first = await relay.RunAsync(CancellationToken.None);
        var second = await relay.RunAsync(CancellationToken.None);

        (first.Confirmed, first.Refused, first.Failure).ShouldBe((1, 1, null));
        // Not asked again at once: the queues that do take it would get it every time.
        (second.Taken, publisher.Attempts).ShouldBe((0, 2));
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.outbox")).ShouldBe(2);
    }

    [Fact]
    public async Task Should_not_send_again_what_it_could_not_settle()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.InProgress, 1, employee: 2));
        await store.ExecuteAsync(
            """
            create function full_disk() returns trigger language plpgsql as
                $$ begin raise exception 'disk full' using errcode = '53100'; end $$;
            create trigger full_disk before delete on ruangkerja.outbox execute function full_disk();
            """
        );
        var publisher = new FailingPublisher(_ => false);
        var relay = Relay(store, publisher);

        for (var pass = 0; pass < 3; pass++)
            (await Should.ThrowAsync<StorageException>(() => relay.RunAsync(CancellationToken.None))).Kind.ShouldBe(
                StorageFailureKind.Unavailable
            );
        await store.ExecuteAsync("drop trigger full_disk on ruangkerja.outbox");
        await relay.RunAsync(CancellationToken.None);

        publisher.Published.Count.ShouldBe(2);
        (await store.ScalarAsync<long>("select count(*) from ruangkerja.outbox")).ShouldBe(0);
    }

    [Fact]
    public async Task Should_stop_asking_a_broker_that_is_away()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync([
            .. Enumerable.Range(1, 400).Select(e => Row(CourseStatus.InProgress, 1, employee: e)),
        ]);
        var publisher = new FailingPublisher(_ => true);

        (await Relay(store, publisher).RunAsync(CancellationToken.None)).Failure.ShouldNotBeNull();

        publisher.Attempts.ShouldBeLessThanOrEqualTo(128);
    }

    [Fact]
    public async Task Should_keep_what_a_person_must_look_at_when_it_trims()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        await store.Outbox.SetAsideAsync([1], SetAside.Unpublishable, "bad", CancellationToken.None);

        await store.Outbox.TrimUnroutableAsync(Company.Default, TimeSpan.Zero, limit: 10, CancellationToken.None);

        (await store.ScalarAsync<long>("select count(*) from ruangkerja.outbox")).ShouldBe(1);
    }

    [Fact]
    public async Task Should_trim_a_portion_at_a_time()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.InProgress, 1, employee: 2));
        await store.Outbox.SetAsideAsync([1, 2], SetAside.Unroutable, "nobody", CancellationToken.None);

        foreach (var left in (int[])[1, 0])
        {
            (
                await store.Outbox.TrimUnroutableAsync(Company.Default, TimeSpan.Zero, limit: 1, CancellationToken.None)
            ).ShouldBe(1);
            (await store.ScalarAsync<long>("select count(*) from ruangkerja.outbox")).ShouldBe(left);
        }
    }

    [Fact]
    public async Task Should_send_events_whose_transaction_commits_late_with_a_lower_sequence()
    {
        await using var store = await CreateAsync(servers);
        var publisher = new FailingPublisher(_ => false);
        var relay = Relay(store, publisher);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.InProgress, 1, employee: 2));

        // As a reader sees it while the transaction that holds sequence 1 is still open: 2 is there and 1 is not.
        await store.ExecuteAsync(
            """
            create table late as select * from ruangkerja.outbox where seq_id = 1;
            delete from ruangkerja.outbox where seq_id = 1;
            """
        );
        await relay.RunAsync(CancellationToken.None);
        await store.ExecuteAsync("insert into ruangkerja.outbox select * from late");
        await relay.RunAsync(CancellationToken.None);

        publisher.Published.Select(c => c.Sequence).ShouldBe([2, 1]);
    }

    private static OutboxRelay Relay(StoreFixture store, IEventPublisher publisher) =>
        new(
            Company.Default,
            store.Outbox,
            publisher,
            new BrokerState(TimeProvider.System),
            HeldLease(),
            Options,
            TimeProvider.System
        );

    private static Lease HeldLease()
    {
        var lease = new Lease(Company.Default, LeaseRole.Relay, new StandingClock());
        lease.Renewed(asked: 0);
        return lease;
    }

    /// <summary>Under which no lease is ever over.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>The fault: a broker that refuses the messages it is told to.</summary>
    private sealed class FailingPublisher(Func<CourseStatusChanged, bool> refuses) : IEventPublisher
    {
        private int _attempts;

        public ConcurrentQueue<CourseStatusChanged> Published { get; } = new();

        public int Attempts => _attempts;

        /// <summary>Whether it refuses the message alone, as a full queue does, or gives no answer at all.</summary>
        public bool Refuses { get; init; }

        public Task<PublishOutcome> PublishAsync(CourseStatusChanged message, CancellationToken cancellationToken)
        {
            Interlocked.Increment(ref _attempts);
            if (refuses(message))
                throw BrokerFailures.Describe(
                    "Publishing",
                    Refuses ? new PublishException(1, isReturn: false) : new TimeoutException()
                );

            Published.Enqueue(message);
            return Task.FromResult(PublishOutcome.Confirmed);
        }

        public bool Recycle(long since) => throw new InvalidOperationException("A broker that answers is not stuck.");
    }
}
