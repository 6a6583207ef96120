using Microsoft.Extensions.Logging.Abstractions;
using RuangKerja.Events.Diagnostics;
using RuangKerja.Events.Relay;
using RuangKerja.Events.Replay;
using RuangKerja.Events.Storage.Replays;
using RuangKerja.Events.Tests.Api;

namespace RuangKerja.Events.Tests.Replay;

/// <summary>What holds a replay and what sends it end together; the broker takes nothing in all of these.</summary>
public sealed class ReplayRunTests : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly FakeTime _time = new();
    private readonly PipelineMetrics _metrics = new();
    private readonly BrokerState _state;

    public ReplayRunTests()
    {
        _state = new BrokerState(_time);
        _state.TakesNothing("It is full.", TimeSpan.FromDays(1));
    }

    public void Dispose() => _metrics.Dispose();

    [Fact]
    public async Task It_is_kept_while_it_is_run_and_given_back_at_a_stop()
    {
        var store = new KeptReplay();
        using var stopping = new CancellationTokenSource();
        var run = Run(store).RunAsync(stopping.Token);

        await ElapseAsync(() => store.Kept >= 4);
        run.IsCompleted.ShouldBeFalse();
        await stopping.CancelAsync();
        await run.WaitAsync(TimeSpan.FromSeconds(20));

        store.Ended.ShouldBe(ReplayState.Waiting);
    }

    [Fact]
    public async Task It_is_kept_no_more_when_sending_meets_a_fault_of_this_program()
    {
        var store = new KeptReplay();
        // No rate can be made of it.
        var run = Run(store, new ReplayOptions { AllowedQueues = ["*"], MaxRate = 0 }).RunAsync(default);

        await Should.ThrowAsync<ArithmeticException>(run.WaitAsync(TimeSpan.FromSeconds(20)));

        _time.UntilNextTimer.ShouldBeNull("whoever kept it has ended");
        store.Ended.ShouldBeNull("another instance takes it when the lease is over");
    }

    [Fact]
    public async Task It_is_sent_no_more_when_keeping_meets_a_fault_of_this_program()
    {
        var store = new KeptReplay { Trouble = new InvalidOperationException("keeping") };
        var run = Run(store).RunAsync(default);

        await ElapseAsync(() => run.IsCompleted);

        (await Should.ThrowAsync<InvalidOperationException>(run)).Message.ShouldBe("keeping");
    }

    [Fact]
    public async Task Lease_counts_from_before_it_was_taken()
    {
        var store = new KeptReplay();
        var askedAt = _time.GetTimestamp();
        _time.Advance(ReplayKeeper.Lease);

        await Run(store, askedAt: askedAt).RunAsync(default).WaitAsync(TimeSpan.FromSeconds(20));

        store.Ended.ShouldBeNull("it may be another's");
    }

    [Theory]
    [InlineData("other-*", "is not allowed")]
    [InlineData("", "until the setting Replay:AllowedQueues names some")]
    public async Task Queue_that_is_allowed_no_more_gets_nothing(string allowed, string reason)
    {
        var store = new KeptReplay();
        var options = new ReplayOptions { AllowedQueues = allowed.Length > 0 ? [allowed] : [] };

        await Run(store, options).RunAsync(default).WaitAsync(TimeSpan.FromSeconds(20));

        store.Ended.ShouldBe(ReplayState.Failed);
        store.Reason.ShouldNotBeNull().ShouldContain(reason);
    }

    private ReplayRun Run(KeptReplay store, ReplayOptions? options = null, long? askedAt = null)
    {
        var relay = new RelayOptions { RabbitMqUri = new Uri("amqp://guest:guest@127.0.0.1:1/") };
        return new ReplayRun(
            KeptReplay.Taken,
            askedAt ?? _time.GetTimestamp(),
            store,
            new CountedHistory(0),
            new ReplayBroker(
                relay,
                new BrokerCredentials(relay, NullLogger<BrokerCredentials>.Instance),
                _state,
                new LiveLane(_time),
                _time
            ),
            options ?? new ReplayOptions { AllowedQueues = ["*"] },
            new ReplayReports(_metrics, NullLogger<ReplayReports>.Instance)
        );
    }

    /// <summary>Lets time go by until something is so.</summary>
    private Task ElapseAsync(Func<bool> condition) =>
        FakeTime.UntilAsync(() =>
        {
            if (condition())
                return true;
            // Not ahead of those who have something to do at this moment.
            if (_time.UntilNextTimer is { } next && next <= Step)
                _time.Advance(next);
            return false;
        });
}
