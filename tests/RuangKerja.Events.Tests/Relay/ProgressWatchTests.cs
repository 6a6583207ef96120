using RuangKerja.Events.Relay;

namespace RuangKerja.Events.Tests.Relay;

public sealed class ProgressWatchTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly Clock _clock = new();
    private readonly TaskCompletionSource _work = new();
    private bool _hopeless;
    private int _done;
    private int _told;

    [Fact]
    public async Task WorkThatGetsOn_IsWaitedForHoweverLong()
    {
        var waiting = Watch();
        for (var look = 0; look < 20; look++)
        {
            _done++;
            PassLook();
        }

        waiting.IsCompleted.ShouldBeFalse();
        _told.ShouldBe(20);
        _work.SetResult();
        (await waiting).ShouldBe(WatchedEnd.Done);
    }

    [Fact]
    public async Task WorkThatStandsStill_IsGivenUpWhenTheTimeIsOver()
    {
        var waiting = Watch();
        for (var look = 0; look < 6; look++)
        {
            waiting.IsCompleted.ShouldBeFalse();
            PassLook();
        }

        (await waiting).ShouldBe(WatchedEnd.StoodStill);
    }

    [Fact]
    public async Task WorkWithoutHope_IsGivenUpWithTheNextLook()
    {
        var waiting = Watch();
        _hopeless = true;
        PassLook();

        (await waiting).ShouldBe(WatchedEnd.Hopeless);
    }

    [Fact]
    public async Task WorkThatGotOnOnce_StandsStillFromThenOn()
    {
        var waiting = Watch();
        for (var look = 0; look < 5; look++)
            PassLook();
        _done++;
        for (var look = 0; look < 6; look++)
        {
            PassLook();
            waiting.IsCompleted.ShouldBeFalse();
        }

        PassLook();
        (await waiting).ShouldBe(WatchedEnd.StoodStill);
    }

    private Task<WatchedEnd> Watch() =>
        new ProgressWatch(Longest, Look, _ => _hopeless, _clock).WaitAsync(
            _work.Task,
            () => _done,
            () => _told++,
            CancellationToken.None
        );

    /// <summary>The wait goes on within the clock's call.</summary>
    private void PassLook() => _clock.Advance(Look);
}
