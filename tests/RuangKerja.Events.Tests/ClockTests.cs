namespace RuangKerja.Events.Tests;

public sealed class ClockTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void Timers_FireInOrderEachAtItsInstant()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string, TimeSpan)>();
        void Start(string name, int seconds, int everySeconds) =>
            _clock.CreateTimer(
                _ => fired.Add((name, _clock.GetUtcNow() - start)),
                state: null,
                TimeSpan.FromSeconds(seconds),
                everySeconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(everySeconds)
            );

        Start("late", 5, 0);
        Start("early", 1, 0);
        Start("again", 2, 2);
        _clock.Advance(TimeSpan.FromSeconds(5));

        fired
            .Select(one => $"{one.Item1} {one.Item2.TotalSeconds}")
            .ShouldBe(["early 1", "again 2", "again 4", "late 5"]);
        _clock.PendingTimers.ShouldBe(1);
    }

    [Fact]
    public void DisposedTimer_DoesNotFire()
    {
        var fired = 0;
        var timer = _clock.CreateTimer(_ => fired++, state: null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));

        _clock.Advance(TimeSpan.FromSeconds(1));
        timer.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));

        fired.ShouldBe(1);
    }

    [Fact]
    public async Task Delay_EndsWhenTheClockGetsThere()
    {
        var delay = Task.Delay(TimeSpan.FromMinutes(1), _clock);

        _clock.Advance(TimeSpan.FromSeconds(59));
        delay.IsCompleted.ShouldBeFalse();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await delay.WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void ElapsedTime_IsWhatWasAdvanced()
    {
        var before = _clock.GetTimestamp();
        _clock.Advance(TimeSpan.FromSeconds(90));

        _clock.GetElapsedTime(before).ShouldBe(TimeSpan.FromSeconds(90));
    }
}
