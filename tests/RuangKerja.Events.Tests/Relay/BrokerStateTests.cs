using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Tests.Relay;

public sealed class BrokerStateTests
{
    private static readonly TimeSpan Believed = TimeSpan.FromSeconds(40);
    private readonly Clock _clock = new();
    private readonly BrokerState _state;

    public BrokerStateTests() => _state = new BrokerState(_clock);

    [Fact]
    public void NothingKnown_KeepsNobodyFromPublishing() => _state.WhyNot.ShouldBeNull();

    [Fact]
    public async Task TakingNothing_HoldsUntilItTakesAgain()
    {
        _state.TakesNothing("alarm", Believed);
        _state.WhyNot.ShouldBe("alarm");
        var waiting = _state.WaitAsync(CancellationToken.None);
        waiting.IsCompleted.ShouldBeFalse();

        _state.Takes();

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        _state.WhyNot.ShouldBeNull();
    }

    [Fact]
    public async Task WordThatIsNotGivenAgain_IsNotBelievedForEver()
    {
        _state.TakesNothing("alarm", Believed);
        var waiting = _state.WaitAsync(CancellationToken.None);

        _clock.Advance(Believed);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        _state.WhyNot.ShouldBeNull();
    }

    [Fact]
    public async Task WordGivenAgain_HoldsOn()
    {
        _state.TakesNothing("alarm", Believed);
        var waiting = _state.WaitAsync(CancellationToken.None);
        _clock.Advance(Believed / 2);
        _state.TakesNothing("alarm", Believed);
        _clock.Advance(Believed / 2);

        _state.WhyNot.ShouldBe("alarm");
        waiting.IsCompleted.ShouldBeFalse();
        _state.Unknown();
        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
    }

    [Fact]
    public void Confirm_CountsFromItsInstantOn()
    {
        var before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _state.Takes();
        _clock.Advance(TimeSpan.FromSeconds(1));

        _state.HasTakenSince(before).ShouldBeTrue();
        _state.HasTakenSince(_clock.GetTimestamp()).ShouldBeFalse();
    }

    [Fact]
    public void Return_IsSeenByWhoWasUnderWayBefore()
    {
        var before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(1));
        _state.Lost();
        _state.HasReturnedSince(before).ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        var between = _clock.GetTimestamp();
        _state.Takes();

        _state.HasReturnedSince(before).ShouldBeTrue();
        _state.HasReturnedSince(between).ShouldBeFalse();
    }
}
