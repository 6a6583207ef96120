namespace RuangKerja.Events.Tests;

public sealed class BackoffTests
{
    private static readonly Backoff Doubling = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 16)]
    [InlineData(6, 30)]
    [InlineData(int.MaxValue, 30)]
    public void Delay_doubles_up_to_the_longest(int failures, double seconds)
    {
        Doubling.Delay(failures, jitter: 1).ShouldBe(TimeSpan.FromSeconds(seconds));
        Doubling.Delay(failures, jitter: 0).ShouldBe(TimeSpan.FromSeconds(seconds / 2));
    }
}
