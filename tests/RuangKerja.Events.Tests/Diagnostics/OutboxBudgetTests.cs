using RuangKerja.Events.Diagnostics;

namespace RuangKerja.Events.Tests.Diagnostics;

public sealed class OutboxBudgetTests
{
    private static readonly OutboxBudget Budget = new(1_000);

    /// <summary>The usual interval in seconds, what is pending, and the interval that comes of it.</summary>
    [Theory]
    [InlineData(30, 0, 30)]
    [InlineData(30, 1_000, 30)]
    [InlineData(30, 1_500, 165)]
    [InlineData(30, 2_000, 300)]
    [InlineData(30, 1_000_000_000, 300)]
    [InlineData(0, 1_500, 150)]
    [InlineData(300, 2_000, 300)]
    [InlineData(3_600, 2_000, 3_600)]
    public void Interval_grows_with_what_is_over_the_budget_and_never_without_end(
        int usual,
        long pending,
        int expected
    ) => Budget.Interval(TimeSpan.FromSeconds(usual), pending).ShouldBe(TimeSpan.FromSeconds(expected));

    [Theory]
    [InlineData(100, 100_000)]
    [InlineData(50_000, 100_000)]
    [InlineData(1_000_000, 2_000_000)]
    public void Counting_goes_as_far_as_the_interval_grows(int rows, long countTo) =>
        new OutboxBudget(rows).CountTo.ShouldBe(countTo);
}
