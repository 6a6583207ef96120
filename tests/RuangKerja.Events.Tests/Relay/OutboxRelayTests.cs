using System.Collections.Concurrent;
using RuangKerja.Events.Contracts;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Storage.Leases;
using Company = RuangKerja.Events.Courses.Company;

namespace RuangKerja.Events.Tests.Relay;

public sealed class OutboxRelayTests : IEventPublisher
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Clock _clock = new();
    private readonly BrokerState _broker;
    private readonly ListedOutbox _outbox = new();
    private readonly OutboxRelay _relay;
    private readonly ConcurrentQueue<CourseStatusChanged> _attempts = new();
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Func<CourseStatusChanged, CancellationToken, Task> _answer = (_, _) => Task.CompletedTask;

    public OutboxRelayTests()
    {
        _broker = new BrokerState(_clock);
        var lease = new Lease(Company.Default, LeaseRole.Relay, new Clock());
        lease.Renewed(asked: new Clock().GetTimestamp());
        var options = new RelayOptions { RabbitMqUri = new Uri("amqp://127.0.0.1/"), BatchSize = 2 };
        _relay = new OutboxRelay(Company.Default, _outbox, this, _broker, lease, options, _clock);
    }

    [Fact]
    public async Task AssignmentsThatGetNoAnswer_KeepNoOthersFromGoing()
    {
        // More than a pass takes, and the oldest: a queue that stores nothing.
        foreach (var employee in (string[])["DEAF-1", "DEAF-2", "DEAF-3", "DEAF-4", "DEAF-5"])
            _outbox.Add(employee);
        _outbox.Add("DEAF-1", version: 2);
        _outbox.Add("WELL-1");
        _answer = SilentForTheDeaf;

        for (var pass = 0; pass < 8; pass++)
            (await _relay.RunAsync(CancellationToken.None)).Failure.ShouldBeNull();

        _outbox.Pending.ShouldNotContain(row => row.AssignmentId.Value.Contains("WELL"));
        // Once each: the other queues that take it get it with every try.
        _attempts.Count(change => change.EmployeeId != "WELL-1").ShouldBe(5);

        _clock.Advance(TimeSpan.FromSeconds(5));
        _answer = (_, _) => Task.CompletedTask;
        for (var pass = 0; pass < 8; pass++)
            (await _relay.RunAsync(CancellationToken.None)).Failure.ShouldBeNull();

        _outbox.Pending.ShouldBeEmpty();
        _attempts.Where(change => change.EmployeeId == "DEAF-1").Select(change => change.Version).ShouldBe([1, 1, 2]);
    }

    [Fact]
    public async Task BrokerThatIsSilentToAll_IsAFailureAndPunishesNoAssignment()
    {
        _outbox.Add("ID-1");
        _answer = (_, _) => throw Silence();

        (await _relay.RunAsync(CancellationToken.None)).Failure!.Kind.ShouldBe(BrokerFailureKind.Silent);
        _answer = (_, _) => Task.CompletedTask;

        (await _relay.RunAsync(CancellationToken.None)).Confirmed.ShouldBe(1);
    }

    [Fact]
    public async Task ErrorOfTheClientsAtAStop_LeavesWhatWasConfirmedSettled()
    {
        _outbox.Add("ID-1");
        _outbox.Add("ID-2");
        _answer = async (change, giveUp) =>
        {
            if (change.EmployeeId == "ID-1")
                return;
            await Until(giveUp).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw new InvalidOperationException("Already closed.");
        };
        using var stop = new CancellationTokenSource();
        var pass = _relay.RunAsync(stop.Token);
        await _sent.Task.WaitAsync(Patience, TimeProvider.System);

        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(3));

        (await pass.WaitAsync(Patience, TimeProvider.System)).Failure.ShouldBeNull();
        _outbox.Pending.ShouldHaveSingleItem().AssignmentId.Value.ShouldContain("ID-2");
    }

    [Fact]
    public async Task PublishThatNeverEndsAtAStop_IsNoFailure()
    {
        _outbox.Add("ID-1");
        _outbox.Add("ID-2");
        _answer = (change, _) => change.EmployeeId == "ID-1" ? Task.CompletedTask : new TaskCompletionSource().Task;
        using var stop = new CancellationTokenSource();
        var pass = _relay.RunAsync(stop.Token);
        await _sent.Task.WaitAsync(Patience, TimeProvider.System);

        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(6));

        (await pass.WaitAsync(Patience, TimeProvider.System)).Failure.ShouldBeNull();
    }

    [Fact]
    public async Task StopWhileTheBrokerTakesNothing_WaitsForNoConfirm()
    {
        _outbox.Add("ID-1");
        _outbox.Add("ID-2");
        _answer = (change, giveUp) => change.EmployeeId == "ID-1" ? Task.CompletedTask : Until(giveUp);
        using var stop = new CancellationTokenSource();
        var pass = _relay.RunAsync(stop.Token);
        await _sent.Task.WaitAsync(Patience, TimeProvider.System);

        _broker.TakesNothing("alarm", TimeSpan.FromMinutes(1));
        await stop.CancelAsync();

        // No time passes.
        _clock.Advance(TimeSpan.Zero);
        await pass.WaitAsync(Patience, TimeProvider.System);
    }

    [Fact]
    public async Task ObstacleFromBeforeTheLeaseWasElsewhere_IsForgotten()
    {
        _outbox.Add("ID-1");
        _answer = (_, _) =>
            throw new BrokerException(
                BrokerFailureKind.Configuration,
                "Publishing",
                "RabbitMQ answers 406: inequivalent arg for exchange 'RuangKerja.Events.Contracts:CourseCompleted'.",
                "",
                inner: null
            );
        (await _relay.RunAsync(CancellationToken.None)).Obstacle.ShouldNotBeNull();
        await _outbox.RemoveConfirmedAsync([1], CancellationToken.None);

        _relay.Forget();

        (await _relay.RunAsync(CancellationToken.None)).Obstacle.ShouldBeNull();
    }

    async Task<PublishOutcome> IEventPublisher.PublishAsync(
        CourseStatusChanged message,
        CancellationToken cancellationToken
    )
    {
        _attempts.Enqueue(message);
        var answer = _answer(message, cancellationToken);
        if (_attempts.Count == 2)
            _sent.TrySetResult();
        await answer;
        return PublishOutcome.Confirmed;
    }

    bool IEventPublisher.Recycle(long since) => false;

    private Task SilentForTheDeaf(CourseStatusChanged change, CancellationToken giveUp)
    {
        // The monitor's message has got its confirm meanwhile.
        _broker.Takes();
        return change.EmployeeId.StartsWith("DEAF", StringComparison.Ordinal)
            ? Task.FromException(Silence())
            : Task.CompletedTask;
    }

    private static BrokerException Silence() => BrokerFailures.Describe("Publishing", new TimeoutException());

    private static Task Until(CancellationToken token) =>
        Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, token);
}
