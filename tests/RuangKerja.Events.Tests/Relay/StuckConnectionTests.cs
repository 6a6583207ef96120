using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Tests.Relay;

public sealed class StuckConnectionTests
{
    private readonly Clock _clock = new();
    private readonly BrokerState _broker;
    private readonly StuckConnection _connection;

    public StuckConnectionTests()
    {
        _broker = new BrokerState(_clock);
        _connection = new StuckConnection(_broker, _clock);
    }

    [Fact]
    public void SilenceWhileTheBrokerAnswersTheMonitor_IsStuckAfterTwoPasses()
    {
        Pass(Silent, pinged: true).ShouldBeFalse();
        Pass(Silent, pinged: true).ShouldBeTrue();
    }

    [Fact]
    public void NewConnectionThatIsSilentToo_IsGivenTwiceAsLong()
    {
        StuckAfter(2);
        StuckAfter(4);
        StuckAfter(8);
        Pass(Answered, pinged: true).ShouldBeFalse();
        StuckAfter(2);
    }

    [Fact]
    public void PassWithNothingToSend_SaysNothing()
    {
        Pass(Silent, pinged: true).ShouldBeFalse();
        Pass(new RelayPass(0, 0, 0, 0, 1, null), pinged: true).ShouldBeFalse();
        Pass(Silent, pinged: true).ShouldBeTrue();
    }

    [Fact]
    public void LeaseThatWasElsewhere_BeginsTheCountAnew()
    {
        Pass(Silent, pinged: true).ShouldBeFalse();
        _connection.Reset();
        Pass(Silent, pinged: true).ShouldBeFalse();
    }

    [Fact]
    public void SilenceOfABrokerThatIsSilentToAll_IsNotStuck() =>
        Enumerable.Range(0, 5).Select(_ => Pass(Silent, pinged: false)).ShouldAllBe(stuck => !stuck);

    [Fact]
    public void AnswerInBetween_BeginsTheCountAnew()
    {
        Pass(Silent, pinged: true).ShouldBeFalse();
        Pass(Answered, pinged: true).ShouldBeFalse();
        Pass(Silent, pinged: true).ShouldBeFalse();
    }

    [Fact]
    public void PassWithoutProgress_IsStuckAtOnce() =>
        Pass(new RelayPass(1, 0, 0, 0, 0, BrokerFailures.NoProgress(TimeSpan.FromSeconds(30))), pinged: false)
            .ShouldBeTrue();

    private static RelayPass Silent => new(9, 0, 0, 0, 9, null) { IsSilent = true };

    private static RelayPass Answered => new(9, 1, 0, 0, 8, null);

    private void StuckAfter(int passes) =>
        Enumerable
            .Range(1, passes)
            .Select(_ => Pass(Silent, pinged: true))
            .ShouldBe([.. Enumerable.Repeat(false, passes - 1), true]);

    private bool Pass(RelayPass pass, bool pinged)
    {
        var began = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(15));
        if (pinged)
            _broker.Takes();
        return _connection.Is(pass, began);
    }
}
