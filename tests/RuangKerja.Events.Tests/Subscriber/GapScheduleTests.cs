using RuangKerja.Events.Subscriber.Gaps;

namespace RuangKerja.Events.Tests.Subscriber;

public sealed class GapScheduleTests
{
    private readonly GapSchedule _schedule = new();

    [Fact]
    public void Waits_double_up_to_the_longest()
    {
        _schedule.Pauses.Select(wait => wait.TotalSeconds).ShouldBe([5, 10, 20, 40, 80, 160, 320, 600]);
        _schedule.Answers.Select(wait => wait.TotalSeconds).ShouldBe([30, 60, 120, 240, 480, 600]);
    }

    [Fact]
    public void First_wait_above_the_longest_is_the_longest() =>
        (_schedule with { FirstAnswer = TimeSpan.FromHours(1) }).Answers.ShouldBe([_schedule.Longest]);
}
