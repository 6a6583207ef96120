using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.IntegrationTests.Faults;
using RuangKerja.Events.IntegrationTests.Storage;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage;
using RuangKerja.Events.Storage.Leases;
using static RuangKerja.Events.IntegrationTests.Storage.StoreFixture;
using Company = RuangKerja.Events.Courses.Company;
using CourseStatus = RuangKerja.Events.Courses.CourseStatus;

namespace RuangKerja.Events.IntegrationTests.Relay;

/// <summary>The broker is well, and the relay's own publishing is not: it is given up and begun anew, and nothing is lost.</summary>
[Trait("Promise", "P1")]
public sealed class When_publishing_is_stuck(Servers servers)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_give_a_pass_up_that_makes_no_progress_and_go_on()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.InProgress, 1, employee: 2));
        var publisher = new DeafPublisher();
        var options = new RelayOptions
        {
            RabbitMqUri = new Uri("amqp://127.0.0.1/"),
            PublishTimeout = TimeSpan.FromMilliseconds(500),
        };
        await using var relay = new RunningRelay(store, publisher, new BrokerState(TimeProvider.System), options);

        await Wait.Until(() => publisher.Published.Count >= 2, Patience, "both events to be sent after all");

        publisher.Recycled.ShouldBe(1);
        await relay.WaitForEmptyOutboxAsync();
    }

    /// <summary>A pass over many rows takes as long as the broker takes over each, and may not look like one that hangs.</summary>
    [Fact]
    public async Task Should_tell_health_of_a_long_pass_while_it_gets_on()
    {
        await using var store = await CreateAsync(servers);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1), Row(CourseStatus.InProgress, 1, employee: 2));
        var publisher = new HalfDeafPublisher();
        var options = new RelayOptions
        {
            RabbitMqUri = new Uri("amqp://127.0.0.1/"),
            PublishTimeout = TimeSpan.FromSeconds(1),
        };
        await using var relay = new RunningRelay(store, publisher, new BrokerState(TimeProvider.System), options);

        await Wait.Until(
            () => relay.Health?.LastSuccess is not null,
            Patience,
            "health to be told while the second event is not answered"
        );

        publisher.Answer();
        await relay.WaitForEmptyOutboxAsync();
    }

    [Fact]
    public async Task Should_open_a_connection_anew_that_gets_no_answer_while_the_broker_answers_others()
    {
        await using var store = await CreateAsync(servers);
        var broker = await servers.CreateVirtualHostAsync();
        await using var queue = await AmqpQueue.BindAsync(broker, RelayFixture.BaseExchange);
        await using var way = ChaosProxy.Before(broker.Host, broker.Port);
        var options = new RelayOptions
        {
            RabbitMqUri = new UriBuilder(broker) { Host = "127.0.0.1", Port = way.Port }.Uri,
            PublishTimeout = TimeSpan.FromSeconds(1),
            // Not within this test: only recycling can help.
            Heartbeat = TimeSpan.FromMinutes(10),
        };
        var credentials = new BrokerCredentials(options, NullLogger<BrokerCredentials>.Instance);
        var connection = new RelayConnection(options, credentials, TimeProvider.System, NullLoggerFactory.Instance);
        var state = new BrokerState(TimeProvider.System);
        await store.CommitAsync(Row(CourseStatus.InProgress, 1));
        await using var relay = new RunningRelay(
            store,
            new EventPublisher(connection, options, TimeProvider.System),
            state,
            options
        );
        await queue.WaitForAsync(1);
        // Its confirm as well: else the first event comes again, and for the second one.
        await relay.WaitForEmptyOutboxAsync();

        way.BlackHoleOpen();
        await store.CommitAsync(Row(CourseStatus.Completed, 2));
        relay.Ring();
        // The monitor's way is another one, and good.
        await Wait.Until(
            () =>
            {
                state.Takes();
                return queue.Received.Count >= 2;
            },
            Patience,
            "the event over a new connection"
        );

        queue.Received.Select(m => m.Change.Version).Distinct().ShouldBe([1, 2]);
        await relay.WaitForEmptyOutboxAsync();
        await Wait.Until(() => way.Open == 1, Patience, "the old connection to be closed");
        await connection.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task Should_notice_a_lost_lease_while_the_broker_takes_nothing()
    {
        await using var store = await CreateAsync(servers);
        var broker = new BrokerState(TimeProvider.System);
        broker.TakesNothing("alarm", TimeSpan.FromHours(1));
        var options = new RelayOptions
        {
            RabbitMqUri = new Uri("amqp://127.0.0.1/"),
            SafetyInterval = TimeSpan.FromMilliseconds(200),
        };
        await using var relay = new RunningRelay(store, new DeafPublisher(), broker, options);
        await relay.WaitForHealthAsync(health => health.Failure?.Contains("Publishing pauses") == true);

        relay.Lease.Refused();

        await relay.WaitForHealthAsync(health => health.Failure is null);
    }

    /// <summary>The loop of one company, as the service runs it.</summary>
    private sealed class RunningRelay : IAsyncDisposable
    {
        private readonly StoreFixture _store;
        private readonly HealthBoard _health;
        private readonly PipelineMetrics _metrics = new();
        private readonly OutboxSignal _signal = new(TimeProvider.System);
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;

        public RunningRelay(StoreFixture store, IEventPublisher publisher, BrokerState broker, RelayOptions options)
        {
            var time = TimeProvider.System;
            _health = new HealthBoard(time);
            Lease.Renewed(asked: 0);
            _store = store;
            var loop = new RelayLoop(
                new OutboxRelay(Company.Default, store.Outbox, publisher, broker, Lease, options, time),
                new RelayDatabase(store.Outbox, new DatabaseSchema(store.Database), options, time),
                _signal,
                broker,
                new RelayReports(_health, _metrics, new LiveLane(time), time, NullLogger<RelayReports>.Instance),
                options,
                time
            );
            _running = loop.RunAsync(_stop.Token);
        }

        public Lease Lease { get; } = new(Company.Default, LeaseRole.Relay, new StandingClock());

        public PartHealth? Health => _health.Read().SingleOrDefault(health => health.Part == PipelinePart.Relay);

        public Task WaitForHealthAsync(Func<PartHealth, bool> condition) =>
            Wait.Until(
                () => _health.Read().Any(health => health.Part == PipelinePart.Relay && condition(health)),
                Patience,
                "the relay's health"
            );

        public void Ring() => _signal.Set(Company.Default.TenantId);

        public Task WaitForEmptyOutboxAsync() =>
            Wait.Until(
                async () => (await _store.Outbox.CountAsync(Company.Default, CancellationToken.None)).Pending == 0,
                Patience,
                "an empty outbox"
            );

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running.WaitAsync(Patience, TimeProvider.System);
            _stop.Dispose();
            _metrics.Dispose();
        }
    }

    /// <summary>Under which no lease is ever over.</summary>
    private sealed class StandingClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }

    /// <summary>It answers the first event at once, and the others when it is told to.</summary>
    private sealed class HalfDeafPublisher : IEventPublisher
    {
        private readonly TaskCompletionSource _answer = new();
        private int _asked;

        public void Answer() => _answer.SetResult();

        public async Task<PublishOutcome> PublishAsync(CourseStatusChanged message, CancellationToken cancellationToken)
        {
            if (Interlocked.Increment(ref _asked) > 1)
                await _answer.Task.WaitAsync(cancellationToken);
            return PublishOutcome.Confirmed;
        }

        public bool Recycle(long since) => true;
    }

    /// <summary>The fault: until it is recycled it never returns, whatever it is told.</summary>
    private sealed class DeafPublisher : IEventPublisher
    {
        private readonly TaskCompletionSource<PublishOutcome> _never = new();
        private int _recycled;

        public ConcurrentQueue<CourseStatusChanged> Published { get; } = new();

        public int Recycled => _recycled;

        public Task<PublishOutcome> PublishAsync(CourseStatusChanged message, CancellationToken cancellationToken)
        {
            if (_recycled == 0)
                return _never.Task;

            Published.Enqueue(message);
            return Task.FromResult(PublishOutcome.Confirmed);
        }

        public bool Recycle(long since)
        {
            Interlocked.Increment(ref _recycled);
            return true;
        }
    }
}
