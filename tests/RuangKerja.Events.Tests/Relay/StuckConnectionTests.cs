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
        _connection = new StuckConnection(_broker);
    }

    [Fact]
    public void SilenceWhileTheBrokerAnswersTheMonitor_IsStuckAfterTwoPasses()
    {
        Pass(Silent(), pinged: true).ShouldBeFalse();
        Pass(Silent(), pinged: true).ShouldBeTrue();
        // The new connection has its two passes too.
        Pass(Silent(), pinged: true).ShouldBeFalse();
    }

    [Fact]
    public void SilenceOfABrokerThatIsSilentToAll_IsNotStuck() =>
        Enumerable.Range(0, 5).Select(_ => Pass(Silent(), pinged: false)).ShouldAllBe(stuck => !stuck);

    [Fact]
    public void AnswerInBetween_BeginsTheCountAnew()
    {
        Pass(Silent(), pinged: true).ShouldBeFalse();
        Pass(Silent(confirmed: 1), pinged: true).ShouldBeFalse();
        Pass(Silent(), pinged: true).ShouldBeFalse();
    }

    [Fact]
    public void PassWithoutProgress_IsStuckAtOnce() =>
        Pass(new RelayPass(1, 0, 0, 0, 0, BrokerFailures.NoProgress(TimeSpan.FromSeconds(30))), pinged: false)
            .ShouldBeTrue();

    private static RelayPass Silent(int confirmed = 0) =>
        new(9, confirmed, 0, 0, 0, BrokerFailures.Describe("Publishing", new TimeoutException()));

    private bool Pass(RelayPass pass, bool pinged)
    {
        var began = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(15));
        if (pinged)
            _broker.Takes();
        return _connection.Is(pass, began);
    }
}
