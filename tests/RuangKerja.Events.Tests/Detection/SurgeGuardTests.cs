using RuangKerja.Events.Detection;

namespace RuangKerja.Events.Tests.Detection;

public sealed class SurgeGuardTests
{
    [Theory]
    [InlineData(null, 0, 10_000)]
    [InlineData(null, 50_000, 10_000)]
    [InlineData(null, 60_000, 12_000)]
    [InlineData(500, 60_000, 500)]
    [InlineData(50_000, 10, 50_000)]
    public void Limit_is_the_operators_or_the_larger_of_ten_thousand_and_a_fifth(
        int? configured,
        long known,
        long limit
    ) => SurgeGuard.Limit(configured, known).ShouldBe(limit);
}
